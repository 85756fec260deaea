import type { TaxDocumentReference } from '@anrok-nest/tax';
import { type EntityManager, LockMode, type ObjectQuery } from '@mikro-orm/core';
import { type QBFilterQuery, type SqlEntityManager, SqlitePlatform } from '@mikro-orm/sql';
import { TaxSyncRecord } from './tax-sync-record.entity.js';

/**
 * Locks the records that a transaction is about to change, where those may be several: for everybody in the same order,
 * invoices before their credit notes, so that no two transactions wait for each other. The host's rows and the settings
 * are locked before, and a record that a run ends before the credit notes that it raises.
 *
 * @returns whether there may be any
 */
export async function lockRecords(em: EntityManager, which: readonly ObjectQuery<TaxSyncRecord>[]): Promise<boolean> {
  if (which.length === 0) return false;
  // SQLite has one writer at a time and needs no lock
  if (em.getPlatform() instanceof SqlitePlatform) return true;
  const locked = await em.find(
    TaxSyncRecord,
    { $or: [...which] },
    {
      fields: ['id'],
      orderBy: [{ documentKind: 'desc' }, { documentId: 'asc' }],
      lockMode: LockMode.PESSIMISTIC_WRITE,
      disableIdentityMap: true,
    },
  );
  return locked.length > 0;
}

/**
 * The records that fit, as a subquery, without those that somebody else has locked: of what this transaction has locked,
 * all. A change that reached for others would lock them in any order.
 */
export function notLockedElsewhere(em: SqlEntityManager, which: QBFilterQuery<TaxSyncRecord>) {
  const records = em.createQueryBuilder(TaxSyncRecord, 'free').select('id').where(which);
  return em.getPlatform() instanceof SqlitePlatform ? records : records.setLockMode(LockMode.PESSIMISTIC_PARTIAL_WRITE);
}

/** The same order, for records that don't exist yet. */
export function inLockOrder<Reference extends TaxDocumentReference>(references: readonly Reference[]): Reference[] {
  return references.toSorted((a, b) => (a.kind === b.kind ? compare(a.id, b.id) : compare(b.kind, a.kind)));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

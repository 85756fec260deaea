import type { TaxDocumentReference } from '@anrok-nest/tax';
import { type EntityManager, LockMode, type ObjectQuery } from '@mikro-orm/core';
import { type QBFilterQuery, type SqlEntityManager, SqlitePlatform } from '@mikro-orm/sql';
import { TaxSyncRecord } from './tax-sync-record.entity.js';

/**
 * Locks the records that a transaction is about to change, where those may be several: for everybody in the same order,
 * invoices before their credit notes, so that no two transactions wait for each other. The host's rows and the settings
 * are locked before.
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
 * Locks in the same order what runs are about to end, and the credit notes of the invoices among it: past the unit of
 * work, because every document comes by here.
 *
 * @returns the ids of those invoices that have credit notes
 */
export async function lockWithCreditNotes(
  em: SqlEntityManager,
  recordIds: readonly string[],
  invoiceIds: readonly string[],
): Promise<ReadonlySet<string>> {
  const among = (column: string, values: readonly string[]) => `${column} in (${values.map(() => '?').join(', ')})`;
  const which = [among('id', recordIds), ...(invoiceIds.length > 0 ? [among('credited_invoice_id', invoiceIds)] : [])];
  const locked = await em.execute<{ credited_invoice_id: string | null }[]>(
    `select credited_invoice_id from anrok_sync_record where ${which.join(' or ')}
     order by document_kind desc, document_id ${em.getPlatform() instanceof SqlitePlatform ? '' : 'for update'}`,
    [...recordIds, ...invoiceIds],
  );
  const invoices = new Set(invoiceIds);
  return new Set(locked.flatMap(({ credited_invoice_id: id }) => (id !== null && invoices.has(id) ? [id] : [])));
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
  return references.toSorted((a, b) => (a.kind === b.kind ? compareIds(a.id, b.id) : compareIds(b.kind, a.kind)));
}

/** The same everywhere, whatever the language. */
export function compareIds(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

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
  if (isSqlite(em)) return true;
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

/** Locks in the same order what runs are about to end: past the unit of work, because every document comes by here. */
export async function lockEnding(em: SqlEntityManager, recordIds: readonly string[]): Promise<void> {
  // what ends alone is locked by the statement that ends it
  if (recordIds.length > 1 && !isSqlite(em)) await lockWhere(em, 'id', recordIds);
}

/**
 * Locks the credit notes of invoices whose records this transaction has locked before, by a statement of its own: a note
 * that looked at its invoice before that, and found it not done, is seen only by a statement that began after it.
 *
 * @returns the ids of those invoices that have credit notes
 */
export async function lockCreditNotes(
  em: SqlEntityManager,
  invoiceIds: readonly string[],
): Promise<ReadonlySet<string>> {
  if (invoiceIds.length === 0) return new Set();
  const notes = await lockWhere(em, 'credited_invoice_id', invoiceIds);
  return new Set(notes.map(({ credited_invoice_id: id }) => id!));
}

function lockWhere(em: SqlEntityManager, column: 'id' | 'credited_invoice_id', values: readonly string[]) {
  return em.execute<{ credited_invoice_id: string | null }[]>(
    `select credited_invoice_id from anrok_sync_record where ${column} in (${values.map(() => '?').join(', ')})
     order by document_kind desc, document_id ${isSqlite(em) ? '' : 'for update'}`,
    [...values],
  );
}

/** It has one writer at a time and needs no lock. */
function isSqlite(em: EntityManager): boolean {
  return em.getPlatform() instanceof SqlitePlatform;
}

/**
 * The records that fit, as a subquery, without those that somebody else has locked: of what this transaction has locked,
 * all. A change that reached for others would lock them in any order.
 */
export function notLockedElsewhere(em: SqlEntityManager, which: QBFilterQuery<TaxSyncRecord>) {
  const records = em.createQueryBuilder(TaxSyncRecord, 'free').select('id').where(which);
  return isSqlite(em) ? records : records.setLockMode(LockMode.PESSIMISTIC_PARTIAL_WRITE);
}

/** The same order, for records that don't exist yet. */
export function inLockOrder<Reference extends TaxDocumentReference>(references: readonly Reference[]): Reference[] {
  return references.toSorted((a, b) => (a.kind === b.kind ? compareIds(a.id, b.id) : compareIds(b.kind, a.kind)));
}

/** The same everywhere, whatever the language. */
export function compareIds(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

import type { EntityManager } from '@mikro-orm/core';
import type { QBFilterQuery, SqlEntityManager } from '@mikro-orm/sql';
import { lockRecords, notLockedElsewhere } from '../records/lock-records.js';
import { TaxSyncRecord } from '../records/tax-sync-record.entity.js';
import { raised } from './request-sync.js';

/**
 * An invoice is done: its credit notes that waited for it are due, and all of them where it changed at Anrok. Runs in
 * the transaction that writes it down; a note on its way right now goes round again.
 */
export async function raiseCreditNotes(
  em: EntityManager,
  invoiceId: string,
  hasChanged: boolean,
  now: Date,
): Promise<void> {
  const notes = {
    creditedInvoiceId: invoiceId,
    ...(!hasChanged && { status: { $in: ['waiting' as const, 'processing' as const] } }),
  };
  const sql = em as SqlEntityManager;
  const locked = (which: QBFilterQuery<TaxSyncRecord>) => ({ id: { $in: notLockedElsewhere(sql, which) } });
  if (!(await lockRecords(em, [notes]))) return;
  await sql.createQueryBuilder(TaxSyncRecord).update(raised(now)).where(locked(notes)).execute();
  const due = locked({ creditedInvoiceId: invoiceId, status: 'pending' });
  await sql.createQueryBuilder(TaxSyncRecord).update({ dueAt: now }).where(due).execute();
}

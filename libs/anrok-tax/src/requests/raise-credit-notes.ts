import type { EntityManager } from '@mikro-orm/core';
import type { SqlEntityManager } from '@mikro-orm/sql';
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
  await (em as SqlEntityManager).createQueryBuilder(TaxSyncRecord).update(raised(now)).where(notes).execute();
  await em.nativeUpdate(TaxSyncRecord, { creditedInvoiceId: invoiceId, status: 'pending' }, { dueAt: now });
}

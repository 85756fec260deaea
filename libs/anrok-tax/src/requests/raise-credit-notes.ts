import { type SqlEntityManager, SqlitePlatform } from '@mikro-orm/sql';
import { raiseRecords } from './request-sync.js';

/**
 * An invoice is done: its credit notes that waited for it are due, and all of them where it changed at Anrok. Runs in
 * the transaction that writes it down and has locked both: a note that is locked elsewhere has come only since, and waits
 * for the invoice. A note on its way right now goes round again.
 */
export async function raiseCreditNotes(
  em: SqlEntityManager,
  invoiceId: string,
  hasChanged: boolean,
  now: Date,
): Promise<void> {
  const notes = `select id from anrok_sync_record where credited_invoice_id = ?
    ${hasChanged ? '' : `and status in ('waiting', 'processing')`}
    ${em.getPlatform() instanceof SqlitePlatform ? '' : 'for update skip locked'}`;
  await raiseRecords(em, `id in (${notes})`, [invoiceId], now);
}

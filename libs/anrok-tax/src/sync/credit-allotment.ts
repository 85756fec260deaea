import { firstOf, gapsIn, type Interval, lengthOf, type MinorUnits, type TaxDocument } from '@anrok-nest/tax';
import { EntityManager, LockMode } from '@mikro-orm/core';
import { Injectable } from '@nestjs/common';
import { TaxSyncRecord } from '../records/tax-sync-record.entity.js';
import { CreditExceedsInvoiceError } from './sync.error.js';
import type { SyncRun } from './sync-run.js';
import { TaxSyncLeases } from './tax-sync.leases.js';

/** Which stretches of an invoice's lines each of its credit notes takes back: no two the same. */
@Injectable()
export class CreditAllotment {
  constructor(
    private readonly em: EntityManager,
    private readonly leases: TaxSyncLeases,
  ) {}

  /** Notes down whose credit note it is; what it took back of another invoice, it takes back no more. @throws LeaseLostError */
  async tie({ record, mode }: SyncRun, invoiceId: string): Promise<void> {
    if (mode === 'dry' || record.creditedInvoiceId === invoiceId) return;
    const tied = { creditedInvoiceId: invoiceId, creditIntervals: null };
    await this.leases.note(this.em.fork(), record, tied);
    Object.assign(record, tied);
  }

  /**
   * Keeps what the note has, as long as it fits, and takes what it lacks. In a transaction that locks the invoice's
   * record, so that two notes of an invoice don't take the same.
   *
   * @param amounts of the invoice's lines, as recorded, by line id
   * @returns by id of the invoice's line
   * @throws CreditExceedsInvoiceError when not so much is left
   * @throws LeaseLostError
   */
  async allot(
    { record, mode }: SyncRun,
    document: TaxDocument,
    invoice: TaxSyncRecord,
    amounts: ReadonlyMap<string, MinorUnits>,
  ): Promise<ReadonlyMap<string, readonly Interval[]>> {
    return this.em.fork().transactional(async (em) => {
      await em.findOneOrFail(TaxSyncRecord, { id: invoice.id }, { lockMode: LockMode.PESSIMISTIC_WRITE });
      const siblings = await em.find(TaxSyncRecord, {
        creditedInvoiceId: invoice.documentId,
        id: { $ne: record.id },
        creditIntervals: { $ne: null },
      });
      const allotted = new Map<string, readonly Interval[]>();
      for (const { amount: credited, creditedLineId } of document.lines) {
        if (credited === 0) continue;
        const lineId = creditedLineId!;
        const amount = amounts.get(lineId) ?? 0;
        const own = record.creditIntervals?.[lineId] ?? [];
        const taken = siblings.flatMap((sibling) => sibling.creditIntervals?.[lineId] ?? []);
        const intervals = fits(own, amount, -credited) ? own : firstOf(gapsIn(amount, taken), -credited);
        if (lengthOf(intervals) < -credited) {
          // a sibling that is void in the host may still have its share until Anrok knows it
          const isPassing = siblings.some(({ status }) => status !== 'synced');
          throw new CreditExceedsInvoiceError(document.id, invoice.documentId, lineId, isPassing);
        }
        allotted.set(lineId, intervals);
      }
      if (mode === 'dry') return allotted;
      const creditIntervals = Object.fromEntries(allotted);
      await this.leases.note(em, record, { creditIntervals });
      record.creditIntervals = creditIntervals;
      return allotted;
    });
  }
}

function fits(own: readonly Interval[], amount: MinorUnits, wanted: MinorUnits): boolean {
  return lengthOf(own) === wanted && own.every(([, to]) => to <= amount);
}

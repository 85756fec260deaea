import type { TaxableLine, TaxDocument } from '@anrok-nest/tax';
import { aLine, anInvoice } from '@anrok-nest/tax/testing';
import type { ModuleUnderTest } from './module-under-test.js';

/** An invoice `inv-1` of one line over 99.99. */
export function creditedInvoice(lines: TaxableLine[] = [aLine({ amount: 9_999 })]): TaxDocument {
  return anInvoice({ lines });
}

/** Takes back so much of the invoice's line. */
export function creditNote(id: string, amount: number, changes: Partial<TaxDocument> = {}): TaxDocument {
  return anInvoice({
    kind: 'credit_note',
    id,
    accountingDate: '2026-04-20',
    taxDate: '2026-03-15',
    creditedInvoiceId: 'inv-1',
    lines: [aLine({ id: `${id}-line`, amount: -amount, creditedLineId: 'line-1' })],
    ...changes,
  });
}

/** Credit notes of a module, and what became of them there and at Anrok. */
export class CreditNotes {
  constructor(private readonly tested: ModuleUnderTest) {}

  async put(document: TaxDocument, standing: 'final' | 'voided' = 'final') {
    const reference = this.tested.host.put(document, standing);
    await this.tested.sync.request(reference);
    return reference;
  }

  /** Makes it final, and has it worked on. */
  async issue(id: string, amount: number, changes: Partial<TaxDocument> = {}) {
    const reference = await this.put(creditNote(id, amount, changes));
    await this.tested.worker.drain();
    return reference;
  }

  taxOf(id: string) {
    return this.tested.host.taxesOf({ kind: 'credit_note', id })?.calculation.taxAmountToCollect;
  }

  /** At Anrok. */
  booked(id: string) {
    return this.tested.simulator.books.transaction(`host:credit_note:${id}`);
  }

  /** What Anrok counts of everything. */
  net(): number {
    return this.tested.simulator.books.netTaxOf(() => true);
  }

  /** On the invoice. */
  charged(): number {
    return this.tested.simulator.books.transaction('host:invoice:inv-1')!.taxAmountToCollect;
  }

  async statusOf(id: string) {
    return (await this.tested.recordOf(id)).status;
  }
}

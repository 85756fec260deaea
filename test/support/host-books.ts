import { expect } from '@jest/globals';
import type { BookedTransaction } from '@anrok-nest/simulator';
import { sumOf } from '@anrok-nest/tax';
import type { HostUnderTest } from './host-under-test.js';

interface Shown {
  readonly lago_id: string;
}

export const NEW_YORK = {
  address_line1: '350 5th Ave',
  city: 'New York',
  state: 'NY',
  zipcode: '10118',
  country: 'US',
} as const;

/** What Anrok has of an invoice or a credit note of the host. */
export function bookedOf(host: HostUnderTest, { lago_id }: Shown, kind: 'invoice' | 'credit_note' = 'invoice') {
  return host.simulator.books.transaction(`host:${kind}:${lago_id}`);
}

/** The tax that Anrok counts, of everything. */
export function netTax(host: HostUnderTest): number {
  return host.simulator.books.netTaxOf(() => true);
}

/** What Anrok was sent of a kind, oldest first. */
export function sentTo(host: Pick<HostUnderTest, 'simulator'>, operation = 'transactions.createOrUpdate' as const) {
  // oxlint-disable-next-line typescript/no-explicit-any -- a test looks into whatever was sent
  return host.simulator.calls.of(operation).map(({ body }) => body as any);
}

/** What is the matter with an invoice, if something is. */
export function problemOf(invoice: object) {
  const { error_details: [first] = [] } = invoice as { error_details?: { error_code: string; details: object }[] };
  return first?.details as Readonly<Record<string, string>> | undefined;
}

/** Issues a credit note over these amounts of the invoice's fees, works off what is due, and answers it as it is then. */
export async function credited(
  host: HostUnderTest,
  invoice: Parameters<HostUnderTest['creditNote']>[0],
  amounts: readonly number[],
) {
  const { lago_id } = await host.creditNote(invoice, amounts);
  await host.work();
  return (await host.lago.creditNotes.findCreditNote(lago_id)).data.credit_note;
}

/** Lets time pass, and works off what is due by then. */
export async function later(host: Pick<HostUnderTest, 'clock' | 'work'>, ms = 60_000): Promise<void> {
  host.clock.advance(ms);
  await host.work();
}

type Lago = HostUnderTest['lago'];
type ShownInvoice = Awaited<ReturnType<Lago['invoices']['findAllInvoices']>>['data']['invoices'][number];
type ShownNote = Awaited<ReturnType<Lago['creditNotes']['findAllCreditNotes']>>['data']['credit_notes'][number] & {
  readonly status?: string;
};

/**
 * What Anrok holds of a customer's documents, all transactions of each together, is what the host shows of them, and all
 * of them are done.
 */
export function expectBooksToAgree(
  invoices: readonly ShownInvoice[],
  notes: readonly ShownNote[],
  transactions: readonly BookedTransaction[],
): void {
  const inForce = transactions.filter(({ state }) => state === 'normal');
  const booked = (kind: string, id: string) => {
    const held = inForce.filter((transaction) => transaction.id.startsWith(`host:${kind}:${id}`));
    return {
      tax: sumOf(held.map(({ taxAmountToCollect }) => taxAmountToCollect)),
      amount: sumOf(held.flatMap(({ lines }) => lines.map(({ amount }) => amount))),
    };
  };
  const standing = new Map<string, boolean>();
  for (const { lago_id, status, payment_dispute_lost_at, fees_amount_cents, taxes_amount_cents } of invoices) {
    const counts = status === 'finalized' && !payment_dispute_lost_at;
    standing.set(lago_id, counts);
    expect({ lago_id, status, booked: booked('invoice', lago_id) }).toEqual({
      lago_id,
      status: expect.stringMatching(/^(finalized|voided)$/),
      booked: counts ? { tax: taxes_amount_cents, amount: fees_amount_cents } : { tax: 0, amount: 0 },
    });
  }
  for (const { lago_id, lago_invoice_id, status, items, taxes_amount_cents } of notes) {
    const counts = standing.get(lago_invoice_id) && status === 'finalized';
    const amount = sumOf(items!.map(({ amount_cents }) => amount_cents));
    expect({ note: lago_id, status, booked: booked('credit_note', lago_id) }).toEqual({
      note: lago_id,
      status: expect.stringMatching(/^(finalized|voided)$/),
      booked: counts ? { tax: 0 - taxes_amount_cents, amount: 0 - amount } : { tax: 0, amount: 0 },
    });
  }
}

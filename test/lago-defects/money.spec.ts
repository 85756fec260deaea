import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { bookedOf, credited, NEW_YORK } from '../support/host-books.js';
import { DENVER, HostUnderTest } from '../support/host-under-test.js';

const HOUSTON = { city: 'Houston', state: 'TX', zipcode: '77002', country: 'US' } as const;
const BIRMINGHAM = { city: 'Birmingham', state: 'AL', zipcode: '35203', country: 'US' } as const;
const DAY = 86_400_000;

describe('money', () => {
  let host: HostUnderTest;
  beforeAll(async () => {
    host = await HostUnderTest.start();
  });
  afterAll(() => host.close());

  interface Tax {
    readonly tax_name?: string;
    readonly tax_code?: string;
    readonly amount_cents?: number;
    readonly treatment?: string;
  }
  const amounts = (taxes: readonly object[] = []): Record<string, number> =>
    Object.fromEntries((taxes as Tax[]).map((tax) => [tax.tax_name, tax.amount_cents ?? 0]));
  const feeTaxes = ({ fees = [] }: Awaited<ReturnType<HostUnderTest['reload']>>) =>
    fees.map((fee) => fee.taxes_amount_cents);

  it('D11: an invoice has the tax that Anrok rounded line by line, and its fees add up to it', async () => {
    await host.customer('denver', DENVER);
    const invoice = await host.invoice('denver', { unit_amount_cents: 15_000 }, { unit_amount_cents: 15_000 });
    expect(feeTaxes(invoice)).toEqual([722, 722]);
    expect(invoice.taxes_amount_cents).toBe(1_444);
    expect(bookedOf(host, invoice)?.taxAmountToCollect).toBe(1_444);
  });

  it('D12: each jurisdiction taxes its own part of the price', async () => {
    await host.customer('houston', HOUSTON);
    const invoice = await host.invoice('houston', { unit_amount_cents: 10_000 });
    expect(Object.values(amounts(invoice.applied_taxes))).toEqual([500, 80, 100]);
    expect(invoice.taxes_amount_cents).toBe(680);
    expect(bookedOf(host, invoice)?.taxAmountToCollect).toBe(680);
  });

  it('D13: a tax that the seller pays himself is shown, and not charged', async () => {
    await host.customer('birmingham', BIRMINGHAM);
    const invoice = await host.invoice('birmingham', { unit_amount_cents: 10_000 });
    expect(invoice).toMatchObject({ taxes_amount_cents: 400, total_amount_cents: 10_400 });
    expect((invoice.applied_taxes as Tax[]).map(({ treatment, amount_cents }) => [treatment, amount_cents])).toEqual([
      ['collected', 400],
      ['paidBySeller', 0],
    ]);
  });

  it('D14: taxes are told apart by their jurisdictions, and a credit note gives each its own back', async () => {
    await host.customer('hudson', NEW_YORK);
    const invoice = await host.invoice('hudson', {});
    const codes = (invoice.applied_taxes as Tax[]).map((tax) => tax.tax_code);
    expect(new Set(codes).size).toBe(3);
    const note = await credited(host, invoice, [60_000]);
    const halves = Object.entries(amounts(invoice.applied_taxes)).map(([name, amount]) => [name, amount / 2]);
    expect(amounts(note.applied_taxes)).toEqual(Object.fromEntries(halves));
    expect(note.taxes_amount_cents).toBe(invoice.taxes_amount_cents / 2);
  });

  it('D15: credit notes over all of an invoice give back all of its tax and not a cent more', async () => {
    await host.customer('parts', NEW_YORK);
    const invoice = await host.invoice('parts', { unit_amount_cents: 9_999 });
    let left = bookedOf(host, invoice)!.taxAmountToCollect;
    for (const amount of [3_333, 3_333, 3_332, 1]) {
      const note = await credited(host, invoice, [amount]);
      left += bookedOf(host, note, 'credit_note')!.taxAmountToCollect;
      expect(left).toBeGreaterThanOrEqual(0);
    }
    expect(left).toBe(0);
  });

  it('D16: a credit note takes back the tax of its invoice, wherever its customer and products are now', async () => {
    await host.customer('mover', NEW_YORK);
    await host.stock('shelf', 10_000, 'saas-business');
    const invoice = await host.invoice('mover', { add_on_code: 'shelf', unit_amount_cents: 10_000 });
    await host.customer('mover', {
      city: 'Berlin',
      country: 'DE',
      state: '',
      tax_identification_number: 'DE136695976',
    });
    await host.map({ itemType: 'add_on', itemId: 'shelf', productExternalId: 'not-taxable' });
    const note = await credited(host, invoice, [10_000]);
    const { address, taxIds, taxDate, lines } = bookedOf(host, note, 'credit_note')!;
    const original = bookedOf(host, invoice)!;
    expect({ address, taxIds, taxDate }).toEqual({
      address: original.address,
      taxIds: original.taxIds,
      taxDate: original.taxDate,
    });
    expect(lines[0]?.productExternalId).toBe('saas-business');
    expect(note.taxes_amount_cents).toBe(invoice.taxes_amount_cents);
    expect(note.taxes_amount_cents).toBe(-bookedOf(host, note, 'credit_note')!.taxAmountToCollect);
  });

  it('D41: lines over the same add-on have taxes of their own', async () => {
    await host.customer('twice', DENVER);
    const invoice = await host.invoice('twice', { unit_amount_cents: 100_000 }, { unit_amount_cents: 1_000 });
    expect(feeTaxes(invoice)).toEqual([4_810, 48]);
    expect(bookedOf(host, invoice)?.lines.map((line) => line.taxAmountToCollect)).toEqual([4_810, 48]);
  });

  it('D17: an invoice has the same date in the host and at Anrok, however late its tax comes', async () => {
    await host.customer('late', DENVER);
    await host.stock('rare', 10_000);
    const failed = await host.invoice('late', { add_on_code: 'rare' });
    expect(failed).toMatchObject({ status: 'failed', issuing_date: '2026-03-15' });
    host.clock.advance(5 * DAY);
    await host.map({ itemType: 'add_on', itemId: 'rare', productExternalId: 'saas-business' });
    await host.work();
    expect(await host.reload(failed.lago_id)).toMatchObject({ status: 'finalized', issuing_date: '2026-03-15' });
    expect(bookedOf(host, failed)).toMatchObject({ accountingDate: '2026-03-15', taxDate: '2026-03-15' });
  });
});

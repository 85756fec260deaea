import { sumOf } from '@anrok-nest/tax';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { refusalOf } from '../testing/lago-refusal.js';
import { startHost, type TestHost } from '../testing/host.starter.js';
import { credit, creditOf, invoice, stock } from '../testing/invoicing.js';

type CreditNoteFields = Awaited<ReturnType<typeof creditOf>>;

describe('credit notes, taxed 10 % at once', () => {
  let host: TestHost;
  beforeAll(async () => {
    host = await startHost();
    await stock(host);
  });
  afterAll(() => host.close());

  const create = async (fields: object) =>
    (await host.lago.creditNotes.createCreditNote({ credit_note: fields as CreditNoteFields })).data.credit_note;
  const estimate = async (fields: object) =>
    (await host.lago.creditNotes.estimateCreditNote({ credit_note: fields as CreditNoteFields })).data
      .estimated_credit_note;
  const find = async ({ lago_id }: { lago_id: string }) =>
    (await host.lago.creditNotes.findCreditNote(lago_id)).data.credit_note;
  const voidNote = async ({ lago_id }: { lago_id: string }) =>
    (await host.lago.creditNotes.voidCreditNote(lago_id)).data.credit_note;

  it('take back a part of an invoice with its tax, and are found again as they were answered', async () => {
    const issued = await invoice(host, [{ units: 2 }, { unit_amount_cents: 55 }]);
    const note = await credit(host, issued, [5_000, 55]);
    expect(note).toMatchObject({
      lago_invoice_id: issued.lago_id,
      invoice_number: issued.number,
      number: `${issued.number}-CN001`,
      sequential_id: 1,
      status: 'finalized',
      credit_status: 'available',
      refund_status: null,
      reason: 'other',
      currency: 'USD',
      sub_total_excluding_taxes_amount_cents: 5_055,
      taxes_amount_cents: 506,
      taxes_rate: 10,
      total_amount_cents: 5_561,
      own_taxes_amount_cents: 506,
      taxes_difference_amount_cents: null,
      credit_amount_cents: 5_561,
      refund_amount_cents: 0,
      balance_amount_cents: 5_561,
      error_details: [],
      items: [
        { amount_cents: 5_000, amount_currency: 'USD', fee: { lago_id: issued.fees![0]!.lago_id } },
        { amount_cents: 55, fee: { lago_id: issued.fees![1]!.lago_id } },
      ],
      applied_taxes: [
        {
          tax_name: 'Flat rate Tax',
          tax_rate: 10,
          amount_cents: 506,
          base_amount_cents: 5_055,
          treatment: 'collected',
        },
      ],
    });
    expect(note.applied_taxes![0]).toMatchObject({ lago_credit_note_id: note.lago_id });
    expect(await find(note)).toEqual(note);
  });

  it('are estimated as they come out', async () => {
    const issued = await invoice(host, [{ unit_amount_cents: 333 }, { tax_included: true, unit_amount_cents: 1_100 }]);
    const fields = await creditOf(host, issued, [100, 550]);
    const estimated = await estimate(fields);
    expect(estimated).toMatchObject({
      lago_invoice_id: issued.lago_id,
      invoice_number: issued.number,
      currency: 'USD',
      sub_total_excluding_taxes_amount_cents: 600,
      taxes_amount_cents: 10,
      included_taxes_amount_cents: 50,
      taxes_rate: 10,
      max_creditable_amount_cents: 660,
      max_refundable_amount_cents: 660,
      max_offsettable_amount_cents: 0,
    });
    const { lago_invoice_id, sub_total_excluding_taxes_amount_cents, taxes_amount_cents, taxes_rate } = estimated;
    expect(await create(fields)).toMatchObject({
      lago_invoice_id,
      sub_total_excluding_taxes_amount_cents,
      taxes_amount_cents,
      taxes_rate,
      included_taxes_amount_cents: 50,
      total_amount_cents: 660,
    });
  });

  it('take the tax that a price contains out of it', async () => {
    const issued = await invoice(host, [{ tax_included: true, unit_amount_cents: 1_100 }]);
    expect(await credit(host, issued, [550])).toMatchObject({
      sub_total_excluding_taxes_amount_cents: 500,
      included_taxes_amount_cents: 50,
      own_included_taxes_amount_cents: 50,
      taxes_amount_cents: 0,
      total_amount_cents: 550,
      credit_amount_cents: 550,
      applied_taxes: [{ treatment: 'included', amount_cents: 50 }],
    });
  });

  it('give back, over a whole invoice, exactly what was paid, in however many parts', async () => {
    const issued = await invoice(host, [{ unit_amount_cents: 105 }, { unit_amount_cents: 99 }]);
    const parts = [[1, 33], [50], [53, 33], [1], [0, 33]];
    const notes = [];
    for (const amounts of parts) notes.push(await credit(host, issued, amounts));
    expect(sumOf(notes.map((note) => note.credit_amount_cents))).toBe(issued.total_amount_cents);
    expect(notes.map((note) => note.number)).toEqual(['1', '2', '3', '4', '5'].map((n) => `${issued.number}-CN00${n}`));
    expect(await refusalOf(create({ ...(await creditOfOne(issued)), credit_amount_cents: 1 }))).toMatchObject({
      error_details: { 'items[0].amount_cents': ['higher_than_remaining_fee_amount'] },
    });
  });

  const creditOfOne = async ({ lago_id, fees }: Awaited<ReturnType<typeof invoice>>) => ({
    invoice_id: lago_id,
    items: [{ fee_id: fees![0]!.lago_id!, amount_cents: 1 }],
  });

  it('tell where the tax strategy rounds otherwise than what was charged', async () => {
    // 10.5 → 11 was charged, of which 5.2 is 5 and the rest 6; of the rest alone, 10 % is 5.3
    const issued = await invoice(host, [{ unit_amount_cents: 105 }]);
    expect(await credit(host, issued, [52])).toMatchObject({
      taxes_amount_cents: 5,
      own_taxes_amount_cents: 5,
      taxes_difference_amount_cents: null,
    });
    expect(await credit(host, issued, [53])).toMatchObject({
      credit_amount_cents: 59,
      total_amount_cents: 58,
      taxes_amount_cents: 5,
      own_taxes_amount_cents: 6,
      taxes_difference_amount_cents: 1,
    });
  });

  it('are voided, and what they took back can be taken back again', async () => {
    const issued = await invoice(host);
    const first = await credit(host, issued, [4_000]);
    const second = await credit(host, issued, [6_000]);
    host.clock.set('2026-03-16T12:00:00Z');
    const voided = await voidNote(first);
    host.clock.set('2026-03-15T12:00:00Z');
    expect(voided).toEqual({
      ...first,
      status: 'voided',
      credit_status: 'voided',
      balance_amount_cents: 0,
      voided_at: '2026-03-16T12:00:00.000Z',
      updated_at: expect.any(String),
    });
    expect(await find(first)).toEqual(voided);
    const again = await credit(host, issued, [4_000]);
    expect(again).toMatchObject({ sequential_id: 3, credit_amount_cents: first.credit_amount_cents });
    expect(second.credit_amount_cents + again.credit_amount_cents).toBe(issued.total_amount_cents);
    expect(await refusalOf(voidNote(first))).toEqual({
      status: 405,
      error: 'Method Not Allowed',
      code: 'no_voidable_amount',
    });
  });

  it('may be paid back, or both', async () => {
    const issued = await invoice(host);
    const { credit_amount_cents, ...fields } = await creditOf(host, issued, [1_000]);
    const both = await create({ ...fields, credit_amount_cents: 1, refund_amount_cents: credit_amount_cents - 1 });
    expect(both).toMatchObject({
      credit_status: 'available',
      refund_status: 'pending',
      balance_amount_cents: 1,
      refund_amount_cents: 1_099,
      total_amount_cents: 1_100,
    });
    expect(await create({ ...fields, refund_amount_cents: 1_100 })).toMatchObject({
      credit_status: null,
      refund_status: 'pending',
      balance_amount_cents: 0,
    });
    expect(await voidNote(both)).toMatchObject({ credit_status: 'voided', refund_status: null });
  });

  it('keep why they were issued', async () => {
    const fields = await creditOf(host, await invoice(host), [1]);
    const said = { reason: 'product_unsatisfactory', description: 'It rattles.' };
    expect(await create({ ...fields, ...said })).toMatchObject(said);
  });

  it("are issued on the day that it is at the customer's", async () => {
    await host.lago.customers.createCustomer({ customer: { external_id: 'acme', timezone: 'America/Denver' } });
    host.clock.set('2026-04-01T05:59:59Z');
    expect(await credit(host, await invoice(host))).toMatchObject({ issuing_date: '2026-03-31' });
    host.clock.set('2026-03-15T12:00:00Z');
  });

  it('are listed, newest first, by customer, invoice, reason and date', async () => {
    await host.lago.customers.createCustomer({ customer: { external_id: 'other', currency: 'USD' } });
    const data = { external_customer_id: 'other', fees: [{ add_on_code: 'setup' }] };
    const issued = (await host.lago.invoices.createInvoice({ invoice: data })).data.invoice;
    const older = await credit(host, issued, [1]);
    host.clock.set('2026-03-20T12:00:00Z');
    const newer = await create({ ...(await creditOf(host, issued, [2])), reason: 'fraudulent_charge' });
    host.clock.set('2026-03-15T12:00:00Z');
    const list = async (query: object) => {
      const { data } = await host.lago.creditNotes.findAllCreditNotes({ external_customer_id: 'other', ...query });
      return data.credit_notes;
    };
    expect(await list({})).toEqual([newer, older]);
    expect(await list({ invoice_number: issued.number })).toHaveLength(2);
    expect(await list({ invoice_number: 'INV-1' })).toEqual([]);
    expect(await list({ reason: 'fraudulent_charge' })).toEqual([newer]);
    expect(await list({ issuing_date_to: '2026-03-15' })).toEqual([older]);
    expect(await list({ issuing_date_from: '2026-03-16', currency: 'USD' })).toEqual([newer]);
    expect(await list({ currency: 'EUR' })).toEqual([]);
    const page = (await host.lago.creditNotes.findAllCreditNotes({ external_customer_id: 'other', per_page: 1 })).data;
    expect(page).toMatchObject({ credit_notes: [{ lago_id: newer.lago_id }], meta: { total_count: 2, next_page: 2 } });
    expect(await refusalOf(list({ reason: 'whim' }))).toMatchObject({
      error_details: { reason: ['value_is_invalid'] },
    });
  });

  it('take no fee back twice, however many ask at the same moment', async () => {
    const issued = await invoice(host);
    const fields = await creditOf(host, issued, [3_000]);
    const asked = await Promise.allSettled(Array.from({ length: 6 }, () => create(fields)));
    expect(asked.filter((answer) => answer.status === 'fulfilled')).toHaveLength(3);
    const { data } = await host.lago.creditNotes.findAllCreditNotes({ invoice_number: issued.number });
    expect(sumOf(data.credit_notes.flatMap((note) => note.items!.map((item) => item.amount_cents)))).toBe(9_000);
    expect(new Set(data.credit_notes.map((note) => note.sequential_id))).toEqual(new Set([1, 2, 3]));
  });

  it('are voided once, however many ask at the same moment', async () => {
    const note = await credit(host, await invoice(host));
    const asked = await Promise.allSettled(Array.from({ length: 4 }, () => voidNote(note)));
    expect(asked.filter((answer) => answer.status === 'fulfilled')).toHaveLength(1);
  });
});

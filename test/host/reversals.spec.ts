import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DENVER, HostUnderTest } from '../support/host-under-test.js';

interface Shown {
  readonly lago_id: string;
}

describe('what the sample host takes back', () => {
  let host: HostUnderTest;
  beforeEach(async () => {
    host = await HostUnderTest.start();
    await host.customer('acme', DENVER);
  });
  afterEach(() => host.close());

  const booked = ({ lago_id }: Shown, kind = 'invoice') => host.simulator.books.transaction(`host:${kind}:${lago_id}`);
  const net = () => host.simulator.books.netTaxOf(() => true);
  const noteOf = async ({ lago_id }: Shown) => (await host.lago.creditNotes.findCreditNote(lago_id)).data.credit_note;
  const credit = async (invoice: Parameters<HostUnderTest['creditNote']>[0], amounts: number[]) => {
    const note = await host.creditNote(invoice, amounts);
    await host.work();
    return noteOf(note);
  };
  const detailsOf = async ({ lago_id }: Shown) => (await host.reload(lago_id)).error_details;

  it('an invoice that is voided is void at Anrok', async () => {
    const invoice = await host.invoice('acme', {});
    await host.lago.invoices.voidInvoice(invoice.lago_id);
    expect(booked(invoice)).toMatchObject({ state: 'normal' });
    await host.work();
    expect(booked(invoice)).toMatchObject({ state: 'voided' });
    expect(await host.reload(invoice.lago_id)).toMatchObject({ status: 'voided', error_details: [] });
  });

  it('an invoice whose dispute is lost is void at Anrok, and stays finalized', async () => {
    const invoice = await host.invoice('acme', {});
    await host.lago.invoices.loseDisputeInvoice(invoice.lago_id);
    await host.work();
    expect(booked(invoice)).toMatchObject({ state: 'voided' });
    expect(await host.reload(invoice.lago_id)).toMatchObject({
      status: 'finalized',
      payment_dispute_lost_at: expect.any(String),
      taxes_amount_cents: invoice.taxes_amount_cents,
    });
  });

  it('an invoice that was filed already is negated', async () => {
    const invoice = await host.invoice('acme', {});
    host.simulator.freeze({ before: '2100-01-01' });
    await host.lago.invoices.voidInvoice(invoice.lago_id);
    await host.work();
    expect(booked({ lago_id: `${invoice.lago_id}:negation` })).toMatchObject({
      taxAmountToCollect: -invoice.taxes_amount_cents,
    });
    expect(net()).toBe(0);
  });

  it('a void that Anrok refuses is shown on the invoice, and made good by itself', async () => {
    const invoice = await host.invoice('acme', {});
    host.simulator.faults.next('transactions.void', { kind: 'status', status: 503 });
    await host.lago.invoices.voidInvoice(invoice.lago_id);
    await host.work();
    expect(await detailsOf(invoice)).toEqual([
      expect.objectContaining({
        error_code: 'tax_voiding_error',
        details: expect.objectContaining({ tax_voiding_error: 'anrok_server_error', next: 'retrying' }),
      }),
    ]);
    host.clock.advance(60_000);
    await host.work();
    expect(await detailsOf(invoice)).toEqual([]);
    expect(booked(invoice)).toMatchObject({ state: 'voided' });
  });

  it('a void that failed for good is made good from the record’s page', async () => {
    const invoice = await host.invoice('acme', {});
    const body = { type: 'somethingNew' };
    host.simulator.faults.next('transactions.void', { kind: 'status', status: 409, body });
    await host.lago.invoices.voidInvoice(invoice.lago_id);
    await host.work();
    const { body: list } = await host.admin('GET', 'records?status=failed');
    expect(list.records).toEqual([
      expect.objectContaining({ problem: expect.objectContaining({ remedy: expect.any(String) }) }),
    ]);
    await host.admin('POST', `records/${list.records[0].id}/retry`);
    await host.work();
    expect(booked(invoice)).toMatchObject({ state: 'voided' });
    expect(await detailsOf(invoice)).toEqual([]);
  });

  it('a credit note is recorded below zero, and has the tax that Anrok says', async () => {
    const invoice = await host.invoice('acme', {}, { add_on_code: 'setup' });
    const pending = await host.creditNote(invoice, [60_000, 49_900]);
    expect(pending).toMatchObject({ status: 'pending', total_amount_cents: 0 });
    await host.work();
    const note = booked(pending, 'credit_note');
    expect(note).toMatchObject({ state: 'normal', customerId: 'acme' });
    expect(note!.lines.map((line) => line.amount)).toEqual([-60_000, -49_900]);
    const taxed = await noteOf(pending);
    expect(taxed).toMatchObject({ status: 'finalized', sub_total_excluding_taxes_amount_cents: 109_900 });
    expect(taxed.taxes_amount_cents).toBe(-note!.taxAmountToCollect);
    expect(taxed.taxes_amount_cents).toBeGreaterThan(0);
  });

  it('an invoice that is credited whole in three notes gives all its tax back, to the cent, as the host expects', async () => {
    const invoice = await host.invoice('acme', { unit_amount_cents: 9_999 });
    const notes = [];
    for (const amount of [3_333, 3_333, 3_333]) notes.push(await credit(invoice, [amount]));
    expect(net()).toBe(0);
    expect(notes.reduce((sum, note) => sum + note.taxes_amount_cents, 0)).toBe(invoice.taxes_amount_cents);
    expect(notes).toEqual(
      notes.map((note) => expect.objectContaining({ own_taxes_amount_cents: note.taxes_amount_cents })),
    );
  });

  it('a note that is voided is void at Anrok, and its amount can be credited again', async () => {
    const invoice = await host.invoice('acme', {});
    const note = await credit(invoice, [120_000]);
    await host.lago.creditNotes.voidCreditNote(note.lago_id);
    await host.work();
    expect(net()).toBe(invoice.taxes_amount_cents);
    await credit(invoice, [120_000]);
    expect(net()).toBe(0);
  });

  it('an invoice that waited for a mapping is credited like any other', async () => {
    await host.stock('rare', 10_000);
    const waiting = await host.invoice('acme', { add_on_code: 'rare', unit_amount_cents: 10_000 });
    expect(waiting.status).toBe('failed');
    await host.map({ itemType: 'add_on', itemId: 'rare', productExternalId: 'saas-business' });
    await host.work();
    const note = await credit(await host.reload(waiting.lago_id), [10_000]);
    expect(note).toMatchObject({ status: 'finalized' });
    expect(net()).toBe(0);
  });

  it('a customer that moves, or is linked to nobody any more, is credited as it was charged', async () => {
    const invoice = await host.invoice('acme', {});
    const customer = {
      external_id: 'acme',
      city: 'New York',
      state: 'NY',
      zipcode: '10118',
      integration_customers: [],
    };
    await host.lago.customers.createCustomer({ customer });
    const note = await credit(invoice, [120_000]);
    expect(note).toMatchObject({ status: 'finalized', taxes_amount_cents: invoice.taxes_amount_cents });
    expect(net()).toBe(0);
  });

  it('an invoice from before its customer was linked stays with who taxed it, and so do its credit notes', async () => {
    await host.customer('late', { ...DENVER, integration_customers: [] });
    const invoice = await host.invoice('late', {});
    expect(invoice).toMatchObject({ status: 'finalized', taxes_amount_cents: 12_000 });
    await host.customer('late');
    const note = await credit(invoice, [120_000]);
    await host.lago.invoices.voidInvoice((await host.invoice('late', {})).lago_id);
    await host.work();
    expect(note).toMatchObject({ status: 'finalized', taxes_amount_cents: 12_000 });
    expect(booked(invoice)).toBeUndefined();
    expect(booked(note, 'credit_note')).toBeUndefined();
    expect(net()).toBe(0);
  });

  it('an invoice that is voided with a credit note for its customer is taken back once, not twice', async () => {
    const invoice = await host.invoice('acme', {});
    const refund = { generate_credit_note: true, credit_amount: invoice.total_amount_cents };
    await host.lago.invoices.voidInvoice(invoice.lago_id, refund);
    await host.work();
    expect(net()).toBe(0);
    expect(host.simulator.books.transactions()).toEqual([expect.objectContaining({ state: 'voided' })]);
    const { data } = await host.lago.creditNotes.findAllCreditNotes();
    expect(data.credit_notes).toEqual([
      expect.objectContaining({ total_amount_cents: invoice.total_amount_cents, status: 'finalized' }),
    ]);
  });

  it('an invoice that is voided after a part of it was credited counts nothing', async () => {
    const invoice = await host.invoice('acme', {});
    await credit(invoice, [50_000]);
    await host.lago.invoices.voidInvoice(invoice.lago_id);
    await host.work();
    expect(net()).toBe(0);
    await host.lago.invoices.loseDisputeInvoice(invoice.lago_id);
    await host.work();
    expect(net()).toBe(0);
  });
});

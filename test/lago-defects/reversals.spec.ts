import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { bookedOf, credited, later, netTax } from '../support/host-books.js';
import { DENVER, HostUnderTest } from '../support/host-under-test.js';

describe('what is taken back', () => {
  let host: HostUnderTest;
  beforeEach(async () => {
    host = await HostUnderTest.start();
    await host.customer('acme', DENVER);
  });
  afterEach(() => host.close());

  const voided = async ({ lago_id }: { lago_id: string }, how: object = {}) => {
    await host.lago.invoices.voidInvoice(lago_id, how);
    await host.work();
  };

  it('D1: a lost dispute is void at Anrok', async () => {
    const invoice = await host.invoice('acme', {});
    await host.lago.invoices.loseDisputeInvoice(invoice.lago_id);
    await host.work();
    expect(bookedOf(host, invoice)).toMatchObject({ state: 'voided' });
    expect(await host.reload(invoice.lago_id)).toMatchObject({ status: 'finalized', error_details: [] });
  });

  it('D1: a lost dispute that Anrok did not hear of says so on the invoice, and is synced later', async () => {
    const invoice = await host.invoice('acme', {});
    host.simulator.faults.next('transactions.void', { kind: 'status', status: 503 });
    await host.lago.invoices.loseDisputeInvoice(invoice.lago_id);
    await host.work();
    expect(await host.reload(invoice.lago_id)).toMatchObject({ error_details: [{ error_code: 'tax_voiding_error' }] });
    await later(host);
    expect(bookedOf(host, invoice)).toMatchObject({ state: 'voided' });
  });

  it('D3: an invoice that is voided with credit notes for its customer is taken back once', async () => {
    const invoice = await host.invoice('acme', {}, {});
    const half = Math.floor(invoice.total_amount_cents / 2);
    await voided(invoice, { generate_credit_note: true, credit_amount: half, refund_amount: half });
    expect(netTax(host)).toBe(0);
    expect(bookedOf(host, invoice)).toMatchObject({ state: 'voided' });
    const { credit_notes } = (await host.lago.creditNotes.findAllCreditNotes()).data;
    expect(credit_notes.length).toBeGreaterThan(0);
    for (const note of credit_notes) expect(bookedOf(host, note, 'credit_note')?.state ?? 'voided').toBe('voided');
  });

  it('D18: a credit note that is voided is void at Anrok', async () => {
    const invoice = await host.invoice('acme', {});
    const note = await credited(host, invoice, [50_000]);
    expect(netTax(host)).toBeLessThan(invoice.taxes_amount_cents);
    await host.lago.creditNotes.voidCreditNote(note.lago_id);
    await host.work();
    expect(bookedOf(host, note, 'credit_note')).toMatchObject({ state: 'voided' });
    expect(netTax(host)).toBe(invoice.taxes_amount_cents);
  });

  it('D25: a void of what is filed already is a negation, once, also when its answer is lost', async () => {
    const invoice = await host.invoice('acme', {});
    host.simulator.freeze({ before: '2100-01-01' });
    host.simulator.faults.next('transactions.createNegation', { kind: 'loseAnswer', by: 'reset' });
    await voided(invoice);
    await later(host);
    expect(host.simulator.books.transactions()).toHaveLength(2);
    expect(netTax(host)).toBe(0);
    expect(await host.reload(invoice.lago_id)).toMatchObject({ status: 'voided', error_details: [] });
  });

  it.each([
    ['whose answer was lost', { kind: 'loseAnswer', by: 'reset' }],
    ['of what Anrok does not have', { kind: 'status', status: 409, body: { type: 'transactionIdNotFound' } }],
  ] as const)('D25: a void %s is done, and no error', async (_, fault) => {
    const invoice = await host.invoice('acme', {});
    host.simulator.faults.next('transactions.void', fault);
    await voided(invoice);
    await later(host);
    expect(await host.reload(invoice.lago_id)).toMatchObject({ status: 'voided', error_details: [] });
    expect((await host.admin('GET', 'records')).body.records).toMatchObject([{ status: 'synced', problem: null }]);
  });

  it.each([
    ['is not answered', { kind: 'reset' }],
    ['finds Anrok in trouble', { kind: 'status', status: 500 }],
    ['meets a proxy in trouble', { kind: 'garbage', body: '502 Bad Gateway' }],
  ] as const)('D29: a credit note whose call %s shows it, and is recorded later', async (_, fault) => {
    const invoice = await host.invoice('acme', {});
    host.simulator.faults.next('transactions.createOrUpdate', fault);
    const note = await credited(host, invoice, [120_000]);
    expect(note).toMatchObject({ status: 'pending', error_details: [{ error_code: 'tax_error' }] });
    await later(host);
    expect(bookedOf(host, note, 'credit_note')).toMatchObject({ state: 'normal' });
    expect(netTax(host)).toBe(0);
  });
});

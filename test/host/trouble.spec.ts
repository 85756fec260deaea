import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DENVER, HostUnderTest } from '../support/host-under-test.js';

describe('when an invoice can not get its tax', () => {
  let host: HostUnderTest;
  beforeEach(async () => {
    host = await HostUnderTest.start();
    await host.customer('acme', DENVER);
  });
  afterEach(() => host.close());

  type Invoice = Awaited<ReturnType<HostUnderTest['reload']>>;
  const reasonOf = (invoice: Invoice) =>
    (invoice as { error_details?: { details: object }[] }).error_details?.[0]?.details;
  const expectAnroksTax = async ({ lago_id }: Invoice, version = 1) => {
    const invoice = await host.reload(lago_id);
    const [booked, ...others] = host.simulator.books.transactions();
    expect(others).toEqual([]);
    expect(booked).toMatchObject({ id: `host:invoice:${lago_id}`, version });
    expect(invoice).toMatchObject({
      status: 'finalized',
      taxes_amount_cents: booked?.taxAmountToCollect,
      error_details: [],
    });
  };

  it('for an unmapped item, it fails with the item named, and finalizes by itself once that is mapped', async () => {
    await host.stock('workshop', 80_000);
    const failed = await host.invoice('acme', { add_on_code: 'workshop' }, {});
    expect(failed).toMatchObject({ status: 'failed', taxes_amount_cents: 0, total_amount_cents: 0 });
    expect(reasonOf(failed)).toMatchObject({
      tax_error: 'item_not_mapped',
      tax_error_message: expect.stringContaining('add_on "workshop"'),
      remedy: expect.stringContaining('Map it'),
      next: 'waiting',
    });
    expect(host.simulator.calls.of('transactions.createOrUpdate')).toEqual([]);

    await host.map({ itemType: 'add_on', itemId: 'workshop', productExternalId: 'saas-business' });
    await host.work();
    await expectAnroksTax(failed);
    expect((await host.reload(failed.lago_id)).number).toBe(failed.number);
  });

  it('takes the fallback for an unmapped item where there is one', async () => {
    await host.stock('workshop', 80_000);
    await host.map({ itemType: 'fallback', productExternalId: 'saas-business' });
    await expectAnroksTax(await host.invoice('acme', { add_on_code: 'workshop' }));
  });

  it('for a missing address, it fails with the field named, and finalizes once the customer has one', async () => {
    await host.customer('nomad', { city: 'Denver' });
    const failed = await host.invoice('nomad', {});
    expect(failed.status).toBe('failed');
    expect(reasonOf(failed)).toMatchObject({
      tax_error: 'customer_address_unusable',
      tax_error_message: expect.stringContaining('the billing address has no country'),
      next: 'waiting',
    });
    await host.lago.customers.createCustomer({ customer: { external_id: 'nomad', ...DENVER } });
    await host.work();
    await expectAnroksTax(failed);
  });

  it('for a wrong key, it fails, and finalizes once the key is exchanged', async () => {
    await host.admin('PATCH', 'connections/anrok', { apiKey: 'sandbox/key1/secret.wrong', testKey: false });
    const failed = await host.invoice('acme', {});
    expect(failed.status).toBe('failed');
    expect(reasonOf(failed)).toMatchObject({ tax_error: 'anrok_unauthorized', next: 'waiting' });
    await host.admin('PATCH', 'connections/anrok', { apiKey: host.simulator.apiKey });
    await host.work();
    await expectAnroksTax(failed);
  });

  it('because Anrok is down, it stays pending, says so, and finalizes when Anrok is back', async () => {
    host.simulator.faults.always('any', { kind: 'status', status: 503 });
    const pending = await host.invoice('acme', {});
    expect(pending).toMatchObject({ status: 'pending', taxes_amount_cents: 0 });
    expect(reasonOf(pending)).toMatchObject({
      tax_error: 'anrok_server_error',
      next: 'retrying',
      retry_at: expect.stringMatching(/^2026-03-15T12:00:0[01]/),
    });
    for (let minute = 0; minute < 5; minute++) {
      host.clock.advance(60_000);
      await host.work();
    }
    expect(await host.reload(pending.lago_id)).toMatchObject({ status: 'pending' });
    host.simulator.faults.clear();
    host.clock.advance(30 * 60_000);
    await host.work();
    await expectAnroksTax(pending);
  });

  it('because the answer was lost after Anrok had it, it is recorded once and finalized', async () => {
    host.simulator.faults.next('transactions.createOrUpdate', { kind: 'loseAnswer', by: 'reset' });
    const pending = await host.invoice('acme', {});
    expect(pending.status).toBe('pending');
    host.clock.advance(1_000);
    await host.work();
    await expectAnroksTax(pending, 2);
  });

  it('after a failure, it is retried when asked, and nothing else can be', async () => {
    host.simulator.faults.next('transactions.createOrUpdate', {
      kind: 'status',
      status: 409,
      body: { type: 'currencyCodeNotSupported' },
    });
    const failed = await host.invoice('acme', {});
    expect(failed.status).toBe('failed');
    expect(reasonOf(failed)).toMatchObject({ tax_error: 'anrok_currency_code_not_supported', next: 'failed' });
    const { data } = await host.lago.invoices.retryInvoice(failed.lago_id);
    expect(data.invoice).toMatchObject({ status: 'pending', number: failed.number });
    await host.work();
    await expectAnroksTax(failed);
    await expect(host.lago.invoices.retryInvoice(failed.lago_id)).rejects.toMatchObject({ status: 405 });
  });

  it('because its link went away, it waits for a link and is not taxed by somebody else', async () => {
    const { data } = await host.lago.invoices.createInvoice({
      invoice: { external_customer_id: 'acme', fees: [{ add_on_code: 'pro' }] },
    });
    await host.lago.customers.createCustomer({ customer: { external_id: 'acme', integration_customers: [] as never } });
    await host.work();
    const failed = await host.reload(data.invoice.lago_id);
    expect(failed.status).toBe('failed');
    expect(reasonOf(failed)).toMatchObject({ tax_error: 'customer_not_linked' });
    await host.customer('acme');
    await host.work();
    await expectAnroksTax(failed);
  });

  it('the customer’s move during the call taxes the invoice where the customer is now', async () => {
    const held = host.simulator.faults.hold('transactions.createOrUpdate');
    const invoicing = host.invoice('acme', {});
    await held.arrived;
    await host.lago.customers.createCustomer({
      customer: { external_id: 'acme', city: 'New York', state: 'NY', zipcode: '10118', address_line1: '350 5th Ave' },
    });
    held.release();
    await expectAnroksTax(await invoicing, 2);
    expect(host.simulator.books.transactions()[0]?.address).toMatchObject({ region: 'NY' });
  });
});

describe('a customer that is tied to Anrok', () => {
  let host: HostUnderTest;
  beforeEach(async () => {
    host = await HostUnderTest.start();
  });
  afterEach(() => host.close());

  const refused = async (...integration_customers: object[]) => {
    const saving = host.lago.customers.createCustomer({
      customer: { external_id: 'x', integration_customers },
    });
    return saving.then(
      () => undefined,
      (answer: { error: unknown }) => answer.error,
    );
  };
  const anrok = { integration_type: 'anrok', integration_code: 'anrok' };

  it.each([
    ['a connection that is not there', [{ ...anrok, integration_code: 'nowhere' }], 'integration_not_found'],
    ['a system that this host does not know', [{ ...anrok, integration_type: 'netsuite' }], 'value_is_invalid'],
    ['two connections', [anrok, { ...anrok, integration_code: 'other' }], 'tax_integration_exists'],
    [
      'nobody: neither created nor there already',
      [{ ...anrok, sync_with_provider: false }],
      'external_customer_id_is_mandatory',
    ],
  ])('is refused with %s, and not saved', async (_, integrations, reason) => {
    expect(await refused(...integrations)).toMatchObject({
      status: 422,
      error_details: { integration_customers: [reason] },
    });
    await expect(host.lago.customers.findCustomer('x')).rejects.toMatchObject({ status: 404 });
  });

  it('keeps its tie when it is saved again', async () => {
    await host.customer('acme', DENVER);
    await host.invoice('acme', {});
    const tie = async () => (await host.lago.customers.findCustomer('acme')).data.customer.integration_customers;
    const before = await tie();
    await host.customer('acme', { name: 'A new name' });
    await host.lago.customers.createCustomer({ customer: { external_id: 'acme', name: 'Another' } });
    expect(await tie()).toEqual(before);
  });
});

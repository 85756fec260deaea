import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { TaxSyncService } from '@anrok-nest/module';
import { WebhookDispatcher } from '../../apps/host/src/billing/index.js';
import { WebhookReceiver } from '../../apps/host/src/api/testing/webhook.receiver.js';
import { bookedOf, problemOf } from '../support/host-books.js';
import { DENVER, HostUnderTest } from '../support/host-under-test.js';

const WRONG_KEY = 'sandbox/key1/secret.wrong';

describe('connections, customers and what is told of them', () => {
  let host: HostUnderTest;
  beforeEach(async () => {
    host = await HostUnderTest.start();
    await host.customer('acme', DENVER);
  });
  afterEach(() => host.close());

  const records = async (query = '') => (await host.admin('GET', `records${query}`)).body.records;
  const tieOf = async (id: string) => (await host.lago.customers.findCustomer(id)).data.customer.integration_customers;

  describe('webhooks', () => {
    let receiver: WebhookReceiver;
    beforeEach(async () => {
      receiver = await WebhookReceiver.start();
      await host.lago.webhookEndpoints.createWebhookEndpoint({ webhook_endpoint: { webhook_url: receiver.url } });
    });
    afterEach(() => receiver.close());

    const dispatch = () => host.app.get(WebhookDispatcher, { strict: false }).drain();
    const errors = () => receiver.of('customer.tax_provider_error').map((body) => body.tax_provider_customer_error);

    it.each([
      ['refuses the key', { kind: 'status', status: 401 }, 'anrok_unauthorized'],
      ['refuses the request', { kind: 'status', status: 400, body: 'No.' }, 'anrok_bad_request'],
    ] as const)('D7: tell that Anrok %s, whatever kind of answer that was', async (_, fault, code) => {
      host.simulator.faults.always('any', fault);
      const invoice = await host.invoice('acme', {});
      await dispatch();
      expect(errors()).toMatchObject([
        { provider_error: { error_code: code }, document: { lago_id: invoice.lago_id } },
      ]);
      expect(receiver.of('invoice.failed')).toHaveLength(1);
    });

    it('D7: tell that a void or a lost dispute could not be synced', async () => {
      const invoice = await host.invoice('acme', {});
      const body = { type: 'somethingNew' };
      host.simulator.faults.next('transactions.void', { kind: 'status', status: 409, body });
      await host.lago.invoices.loseDisputeInvoice(invoice.lago_id);
      await host.work();
      await dispatch();
      expect(errors()).toMatchObject([{ document: { lago_id: invoice.lago_id }, next: 'failed' }]);
    });

    it('D37: say which document it is that has a problem', async () => {
      await host.stock('rare', 10_000);
      const invoice = await host.invoice('acme', { add_on_code: 'rare' });
      await dispatch();
      expect(errors()).toMatchObject([
        { tax_provider_code: 'anrok', document: { kind: 'invoice', lago_id: invoice.lago_id } },
      ]);
    });

    it('D20: tell of an invoice that Anrok taxes as of any other', async () => {
      await host.customer('flat', { ...DENVER, integration_customers: [] });
      for (const customer of ['acme', 'flat']) await host.invoice(customer, {});
      await dispatch();
      const told = receiver.received.map(({ body }) => `${body.webhook_type} ${body.invoice?.customer.external_id}`);
      expect(new Set(told)).toEqual(new Set(['invoice.created acme', 'invoice.created flat']));
      expect(told).toHaveLength(2);
    });
  });

  it('D37: what failed is retried per connection, and one that fails again stops no other', async () => {
    await host.admin('POST', 'connections', { code: 'eu', name: 'Europe', apiKey: host.simulator.apiKey });
    const atEurope = [{ integration_type: 'anrok', integration_code: 'eu', sync_with_provider: true }];
    await host.customer('spree', { ...DENVER, integration_customers: atEurope as never });
    await host.stock('first', 10_000);
    await host.stock('second', 10_000);
    const stuck = await host.invoice('acme', { add_on_code: 'first' });
    const refusal = { kind: 'status', status: 409, body: { type: 'currencyCodeNotSupported' } } as const;
    host.simulator.faults.next('transactions.createOrUpdate', refusal);
    const refused = await host.invoice('acme', {});
    const elsewhere = await host.invoice('spree', { add_on_code: 'second' });

    await host.app.get(TaxSyncService, { strict: false }).retryAll({ connectionCode: 'anrok' });
    await host.work();
    expect(await host.reload(refused.lago_id)).toMatchObject({ status: 'finalized' });
    expect(await host.reload(stuck.lago_id)).toMatchObject({ status: 'failed' });
    const others = (await records()).filter(({ connection }: { connection: string }) => connection === 'eu');
    expect(others).toMatchObject([{ document: { id: elsewhere.lago_id }, failures: 1 }]);
  });

  it('D38: a key is exchanged without losing mappings and links', async () => {
    await host.invoice('acme', {});
    const before = [(await host.admin('GET', 'connections/anrok/mappings')).body, await tieOf('acme')];
    await host.admin('PATCH', 'connections/anrok', { apiKey: WRONG_KEY, testKey: false });
    const failed = await host.invoice('acme', {});
    expect(problemOf(failed)).toMatchObject({ tax_error: 'anrok_unauthorized' });
    await host.admin('PATCH', 'connections/anrok', { apiKey: host.simulator.apiKey });
    await host.work();
    expect(await host.reload(failed.lago_id)).toMatchObject({ status: 'finalized' });
    expect([(await host.admin('GET', 'connections/anrok/mappings')).body, await tieOf('acme')]).toEqual(before);
  });

  it('D38: a wrong key is found out by a test, before any invoice', async () => {
    await host.admin('POST', 'connections', { code: 'new', name: 'New', apiKey: WRONG_KEY });
    expect((await host.admin('POST', 'connections/new/test')).body).toMatchObject({
      ok: false,
      problem: { code: 'anrok_unauthorized', remedy: expect.any(String) },
    });
  });

  it('D38: a customer that is saved again keeps its tie, and its id at Anrok can be corrected', async () => {
    const tie = { integration_type: 'anrok', integration_code: 'anrok' };
    const as = (id: string) => ({ integration_customers: [{ ...tie, external_customer_id: id }] as never });
    await host.customer('acme', as('acme-at-anrok'));
    const before = await tieOf('acme');
    await host.lago.customers.createCustomer({ customer: { external_id: 'acme', name: 'Another' } });
    await host.customer('acme', as('acme-at-anrok'));
    expect(await tieOf('acme')).toEqual(before);
    await host.customer('acme', as('acme-corrected'));
    expect(bookedOf(host, await host.invoice('acme', {}))).toMatchObject({ customerId: 'acme-corrected' });
  });

  it('D38: a customer that is saved again without an id keeps the one that it got at Anrok', async () => {
    await host.invoice('acme', {});
    await host.customer('acme', { name: 'Another' });
    expect(await tieOf('acme')).toMatchObject([{ external_customer_id: 'acme' }]);
  });

  it('D39: what was said to Anrok and what it answered is on record, and no transaction that was never made', async () => {
    const body = { type: 'currencyCodeNotSupported' };
    host.simulator.faults.next('transactions.createOrUpdate', { kind: 'status', status: 409, body });
    const invoice = await host.invoice('acme', {});
    const [{ id }] = await records();
    expect((await host.admin('GET', `records/${id}`)).body).toMatchObject({
      transactions: [],
      attempts: [
        {
          problemCode: 'anrok_currency_code_not_supported',
          exchanges: [
            { request: { id: `host:invoice:${invoice.lago_id}`, currencyCode: 'USD' }, status: 409, response: body },
          ],
        },
      ],
    });
    await host.admin('POST', `records/${id}/retry`);
    await host.work();
    expect((await host.admin('GET', `records/${id}`)).body).toMatchObject({
      transactions: [{ transactionId: `host:invoice:${invoice.lago_id}`, version: 1, state: 'recorded' }],
      attempts: [{ outcome: 'applied' }, { outcome: 'failed' }],
    });
  });
});

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { EventEmitter2 } from '@nestjs/event-emitter';
import { FEE_TAX_FAILED, FeeTaxFailed, WebhookDispatcher } from '../../apps/host/src/billing/index.js';
import { WebhookReceiver } from '../../apps/host/src/api/testing/webhook.receiver.js';
import { plan, subscribe } from '../../apps/host/src/api/testing/subscribing.js';
import { DENVER, HostUnderTest } from '../support/host-under-test.js';

const HOUR = 3_600_000;

describe('webhooks about tax', () => {
  let host: HostUnderTest;
  let receiver: WebhookReceiver;
  let secret: string;
  beforeEach(async () => {
    host = await HostUnderTest.start();
    receiver = await WebhookReceiver.start();
    isNow();
    const { data } = await host.lago.webhookEndpoints.createWebhookEndpoint({
      webhook_endpoint: { webhook_url: receiver.url },
    });
    ({ secret } = data.webhook_endpoint as unknown as { secret: string });
    await host.customer('acme', DENVER);
  });
  afterEach(async () => {
    await host.close();
    await receiver.close();
  });

  // what verifies signatures looks at the real clock
  const isNow = () => host.clock.advance(Date.now() - host.clock.now().getTime());
  const heard = async () => {
    await host.app.get(WebhookDispatcher, { strict: false }).drain();
    // their order is not promised
    return receiver
      .verified(secret)
      .map(({ webhook_type }) => webhook_type as string)
      .toSorted((a, b) => (a < b ? -1 : 1));
  };
  const errors = () => receiver.of('customer.tax_provider_error').map((body) => body.tax_provider_customer_error);
  const customer = async () => (await host.lago.customers.findCustomer('acme')).data.customer;

  it('tell of an invoice whose item is not mapped, and of its tax once it is', async () => {
    await host.stock('workshop', 80_000);
    const failed = await host.invoice('acme', { add_on_code: 'workshop' });
    expect(await heard()).toEqual(['customer.tax_provider_error', 'invoice.failed']);
    expect(errors()).toEqual([
      {
        lago_customer_id: (await customer()).lago_id,
        external_customer_id: 'acme',
        tax_provider: 'anrok',
        tax_provider_code: 'anrok',
        provider_error: { error_code: 'item_not_mapped', message: expect.stringContaining('add_on "workshop"') },
        document: { kind: 'invoice', lago_id: failed.lago_id },
        remedy: expect.stringContaining('Map it'),
        next: 'waiting',
      },
    ]);

    receiver.forget();
    await host.map({ itemType: 'add_on', itemId: 'workshop', productExternalId: 'saas-business' });
    await host.work();
    expect(await heard()).toEqual(['invoice.created']);
    const [booked] = host.simulator.books.transactions();
    const [{ invoice }] = receiver.of('invoice.created') as [{ invoice: object }];
    // that Anrok knows the customer now is written down after this
    const { customer: _, ...asServed } = await host.reload(failed.lago_id);
    expect(invoice).toMatchObject(asServed);
    expect(invoice).toMatchObject({ status: 'finalized', taxes_amount_cents: booked!.taxAmountToCollect });
    expect(booked!.taxAmountToCollect).toBeGreaterThan(0);
  });

  it('tell of a problem once, however often it is met, and again when it is another one', async () => {
    await host.stock('workshop', 80_000);
    const { lago_id } = await host.invoice('acme', { add_on_code: 'workshop' });
    await host.lago.invoices.retryInvoice(lago_id);
    await host.work();
    await host.lago.customers.createCustomer({ customer: { external_id: 'acme', name: 'Another name' } });
    await host.work();
    await heard();
    expect(errors()).toHaveLength(1);

    await host.admin('PATCH', 'connections/anrok', { apiKey: 'sandbox/key1/secret.wrong', testKey: false });
    await host.map({ itemType: 'add_on', itemId: 'workshop', productExternalId: 'saas-business' });
    await host.work();
    await heard();
    expect(errors().map(({ provider_error }) => provider_error.error_code)).toEqual([
      'item_not_mapped',
      'anrok_unauthorized',
    ]);

    await host.admin('PATCH', 'connections/anrok', { apiKey: host.simulator.apiKey });
    await host.work();
    await heard();
    expect(receiver.of('invoice.created')).toHaveLength(1);
    expect(errors()).toHaveLength(2);
  });

  it('say nothing of an outage that passes, and tell when a document is given up over it', async () => {
    host.clock.advance(-75 * HOUR);
    host.simulator.faults.always('any', { kind: 'status', status: 503 });
    const { lago_id } = await host.invoice('acme', {});
    const later = async (hours: number) => {
      host.clock.advance(hours * HOUR);
      await host.work();
    };
    for (const hours of [12, 12, 12, 12, 12, 11]) await later(hours);
    expect(await heard()).toEqual([]);
    await later(2);
    isNow();
    expect(await heard()).toEqual(['customer.tax_provider_error', 'invoice.failed']);
    expect(errors()).toMatchObject([
      { document: { lago_id }, next: 'failed', provider_error: { error_code: 'anrok_server_error' } },
    ]);
  });

  it('tell of an invoice that is taxed at the flat rate in the same way', async () => {
    await host.customer('corner-shop', { ...DENVER, integration_customers: [] });
    const invoice = await host.invoice('corner-shop', {});
    expect(await heard()).toEqual(['invoice.created']);
    expect(receiver.of('invoice.created')[0].invoice).toEqual(await host.reload(invoice.lago_id));
  });

  it('tell of a tax that came once, also when it is applied again after Anrok’s answer was lost', async () => {
    host.simulator.faults.next('transactions.createOrUpdate', { kind: 'loseAnswer', by: 'reset' });
    await host.invoice('acme', {});
    host.clock.advance(2_000);
    await host.work();
    const [record] = (await host.admin('GET', 'records?status=synced')).body.records;
    await host.admin('POST', `records/${record.id}/retry`);
    await host.work();
    expect(await heard()).toEqual(['invoice.created']);
  });

  it('tell of a draft without a tax once for each reason, however often its tax is asked for', async () => {
    await host.customer('acme', { billing_configuration: { invoice_grace_period: 3 } });
    await plan(host, 'premium', { pay_in_advance: true });
    await subscribe(host, 'premium');
    await host.bill();
    const [draft] = (await host.lago.invoices.findAllInvoices()).data.invoices;
    const { lago_id } = draft!;
    const ask = async () => {
      await host.lago.invoices.refreshInvoice(lago_id);
      await host.bill();
    };
    await ask();
    expect(await heard()).toEqual(['customer.tax_provider_error', 'invoice.drafted']);
    expect(errors()).toMatchObject([
      {
        external_customer_id: 'acme',
        tax_provider_code: 'anrok',
        provider_error: { error_code: 'item_not_mapped' },
        document: { kind: 'invoice', lago_id },
        remedy: expect.stringContaining('Map it'),
        next: 'failed',
      },
    ]);

    receiver.forget();
    await host.map({ itemType: 'subscription', productExternalId: 'saas-business' });
    for (const isDown of [true, false, true]) {
      if (isDown) host.simulator.faults.always('any', { kind: 'status', status: 503 });
      else host.simulator.faults.clear();
      await ask();
    }
    expect(await heard()).toEqual(['customer.tax_provider_error', 'customer.tax_provider_error']);
    const outage = { provider_error: { error_code: 'anrok_server_error' } };
    expect(errors()).toMatchObject([outage, outage]);
  });

  it('tell of a fee in advance that was not created', async () => {
    const problem = { code: 'item_not_mapped', message: 'M.', remedy: 'R.', retry: 'after-fix' as const, details: {} };
    const chargeId = '0192aaaa-0000-7000-8000-000000000001';
    await host.app.get(EventEmitter2).emitAsync(FEE_TAX_FAILED, new FeeTaxFailed('acme', chargeId, 'event-1', problem));
    expect(await heard()).toEqual(['fee.tax_provider_error']);
    expect(receiver.of('fee.tax_provider_error')[0].tax_provider_fee_error).toEqual({
      tax_provider: 'anrok',
      tax_provider_code: 'anrok',
      lago_charge_id: chargeId,
      event_transaction_id: 'event-1',
      provider_error: { message: 'M.', error_code: 'item_not_mapped' },
      lago_customer_id: (await customer()).lago_id,
      external_customer_id: 'acme',
      remedy: 'R.',
    });
  });
});

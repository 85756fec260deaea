import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { EventEmitter2 } from '@nestjs/event-emitter';
import { call, feesOf, stockCalls } from '../../apps/host/src/api/testing/charging.js';
import { refusalOf } from '../../apps/host/src/api/testing/lago-refusal.js';
import { plan } from '../../apps/host/src/api/testing/subscribing.js';
import { createWallet, findWallet, refreshDue } from '../../apps/host/src/api/testing/wallets.js';
import { WebhookReceiver } from '../../apps/host/src/api/testing/webhook.receiver.js';
import { WebhookDispatcher } from '../../apps/host/src/billing/index.js';
import { later, sentTo } from '../support/host-books.js';
import { DENVER, HostUnderTest } from '../support/host-under-test.js';

const BERLIN = { address_line1: 'Unter den Linden 1', city: 'Berlin', zipcode: '10117', country: 'DE' } as const;

describe('fees in advance, and what is only estimated', () => {
  let host: HostUnderTest;
  beforeEach(async () => {
    host = await HostUnderTest.start();
    await host.customer('acme', DENVER);
    await stockCalls(host);
  });
  afterEach(() => host.close());

  const mapAll = () => host.map({ itemType: 'fallback', productExternalId: 'saas-business' });
  const estimate = (external_subscription_id: string) =>
    host.lago.events.eventEstimateFees({
      event: { code: 'calls', external_subscription_id, properties: { count: 100 } },
    });
  const preview = async (customer: object = {}) => {
    const asked = { customer: { external_id: 'acme', ...customer }, plan_code: 'ahead' };
    return (await host.lago.invoices.invoicePreview(asked)).data.invoice;
  };
  const booked = () => host.simulator.books.transactions();

  it.each(['alone', 'invoiced'])('D2: an estimate of fees records nothing at Anrok (%s)', async (subscription) => {
    await mapAll();
    expect((await estimate(subscription)).data.fees).toMatchObject([{ amount_cents: 5_000, taxes_amount_cents: 241 }]);
    expect(await host.work()).toBe(0);
    expect(booked()).toEqual([]);
    expect(sentTo(host)).toEqual([]);
  });

  it('D2: an estimate of fees without an answer is an error and not zero tax', async () => {
    expect(await refusalOf(estimate('alone'))).toMatchObject({
      status: 422,
      error_details: { tax_error: [expect.stringContaining('item_not_mapped')] },
    });
  });

  it('D5: a fee in advance that can’t be taxed is not created, is told of, and comes when its event is sent again', async () => {
    const receiver = await WebhookReceiver.start();
    await host.lago.webhookEndpoints.createWebhookEndpoint({ webhook_endpoint: { webhook_url: receiver.url } });
    await refusalOf(call(host, 'event-1', { count: 100 }));
    expect(await feesOf(host, 'event-1')).toEqual([]);
    await host.app.get(WebhookDispatcher, { strict: false }).drain();
    expect(receiver.of('fee.tax_provider_error').map((body) => body.tax_provider_fee_error)).toMatchObject([
      { event_transaction_id: 'event-1', provider_error: { error_code: 'item_not_mapped' } },
    ]);
    await mapAll();
    await call(host, 'event-1', { count: 100 });
    expect(await feesOf(host, 'event-1')).toMatchObject([{ taxes_amount_cents: 241 }]);
    await receiver.close();
  });

  it('D5: a fee in advance is recorded once, under an id of its own, also when the answer is lost', async () => {
    await mapAll();
    await call(host, 'event-1', { count: 100 });
    host.simulator.faults.next('transactions.createOrUpdate', { kind: 'loseAnswer', by: 'reset' });
    await host.work();
    await later(host);
    const [fee] = await feesOf(host, 'event-1');
    expect(booked()).toMatchObject([{ id: `host:fee:${fee!.lago_id}`, state: 'normal' }]);
  });

  it('D26: a fee of which nothing comes leaves nothing at Anrok', async () => {
    await mapAll();
    // what comes after the fee in its transaction fails
    const fail = () => {
      throw new Error('no');
    };
    const events = host.app.get(EventEmitter2);
    events.on('fee.created', fail);
    await refusalOf(call(host, 'event-1', { count: 100 }));
    expect(await feesOf(host, 'event-1')).toEqual([]);
    expect(await host.work()).toBe(0);
    expect(booked()).toEqual([]);
    events.off('fee.created', fail);
    await call(host, 'event-1', { count: 100 });
    await host.work();
    expect(booked()).toHaveLength(1);
  });

  it('D21: a preview is taxed where the customer’s shipping address is, unless another is given', async () => {
    await mapAll();
    await plan(host, 'ahead', { amount_cents: 120_000, pay_in_advance: true });
    await host.customer('acme', { ...DENVER, shipping_address: BERLIN });
    await preview();
    await preview({ shipping_address: DENVER });
    const asked = host.simulator.calls.of('transactions.createEphemeral').map(({ body }) => body);
    expect(asked).toMatchObject([
      { customerAddress: { country: 'DE', city: 'Berlin' } },
      { customerAddress: { country: 'US', city: 'Denver' } },
    ]);
  });

  it('D21: a preview without an answer is an error and not zero tax', async () => {
    await plan(host, 'ahead', { pay_in_advance: true });
    expect(await refusalOf(preview())).toMatchObject({
      status: 422,
      error_details: { tax_error: [expect.stringContaining('item_not_mapped')], remedy: [expect.any(String)] },
    });
  });

  it('D36: a wallet is refreshed again as soon as its item is mapped, and D4: by one question a day', async () => {
    const wallet = await createWallet(host, { granted_credits: '100' });
    await call(host, 'used', { code: 'requests', count: 1_000 });
    const refreshed = async () => {
      host.clock.advance(3_600_000);
      await refreshDue(host);
      return findWallet(host, wallet);
    };
    expect(await refreshed()).toMatchObject({ ongoing_balance_error: { error_code: 'item_not_mapped' } });
    await mapAll();
    expect(await refreshed()).toMatchObject({ ongoing_balance_error: null, ongoing_usage_balance_cents: 210 });
    await refreshed();
    expect(host.simulator.calls.of('transactions.createEphemeral')).toHaveLength(1);
  });

  it('D41: an estimate of one add-on twice has taxes for each', async () => {
    const fees = [10_000, 20_000].map((unit_amount_cents) => ({ add_on_code: 'pro', unit_amount_cents }));
    const answer = await fetch(`${host.url}/api/v1/invoices/estimate`, {
      method: 'POST',
      headers: { authorization: 'Bearer test_key', 'content-type': 'application/json' },
      body: JSON.stringify({ invoice: { external_customer_id: 'acme', fees } }),
    });
    const { invoice } = (await answer.json()) as { invoice: { fees: { taxes_amount_cents: number }[] } };
    expect(invoice.fees.map((fee) => fee.taxes_amount_cents)).toEqual([481, 962]);
    expect(booked()).toEqual([]);
  });
});

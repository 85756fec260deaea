import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { FeeObject } from 'lago-javascript-client';
import { aCall, call, feesOf, stockCalls } from '../../apps/host/src/api/testing/charging.js';
import { refusalOf } from '../../apps/host/src/api/testing/lago-refusal.js';
import { WebhookReceiver } from '../../apps/host/src/api/testing/webhook.receiver.js';
import { WebhookDispatcher } from '../../apps/host/src/billing/index.js';
import { DENVER, HostUnderTest } from '../support/host-under-test.js';

const DOWN = { kind: 'status', status: 503 } as const;

describe('a fee in advance of a customer that Anrok taxes', () => {
  let host: HostUnderTest;
  beforeEach(async () => {
    host = await HostUnderTest.start();
    await host.customer('acme', DENVER);
    await stockCalls(host);
  });
  afterEach(() => host.close());

  const mapCalls = () => host.map({ itemType: 'billable_metric', itemId: 'calls', productExternalId: 'saas-business' });
  const feeOf = async (id: string) => {
    const [fee, ...more] = await feesOf(host, id);
    expect(more).toEqual([]);
    return fee as FeeObject & { readonly tax_status: string; readonly error_details: object[] };
  };
  const booked = () => host.simulator.books.transactions();
  const taxErrorOf = async (refused: Promise<unknown>) => {
    const { status, error_details } = (await refusalOf(refused)) as {
      status: number;
      error_details: { tax_error: [string]; remedy: [string] };
    };
    expect(status).toBe(422);
    expect(error_details.remedy[0]).toMatch(/\w.*\.$/);
    return error_details.tax_error[0].split(':')[0];
  };

  it('is taxed before it is there, and recorded at Anrok once it is, to the cent', async () => {
    await mapCalls();
    await call(host, 'good', { count: 333 });
    const created = await feeOf('good');
    expect(created).toMatchObject({ amount_cents: 16_650, taxes_amount_cents: 801, tax_status: 'pending' });
    expect(booked()).toEqual([]);
    expect(await host.work()).toBe(1);
    expect(booked()).toEqual([
      expect.objectContaining({ id: `host:fee:${created.lago_id}`, state: 'normal', customerId: 'acme' }),
    ]);
    expect(await feeOf('good')).toEqual({
      ...created,
      tax_status: 'succeeded',
      taxes_amount_cents: booked()[0]!.taxAmountToCollect,
    });
  });

  it('comes on an invoice of its own where it is invoiceable', async () => {
    await mapCalls();
    await call(host, 'invoiced', { subscription: 'invoiced', count: 100 });
    await host.work();
    const { lago_invoice_id } = await feeOf('invoiced');
    expect(booked()).toEqual([expect.objectContaining({ id: `host:invoice:${lago_invoice_id}` })]);
    expect(await host.reload(lago_invoice_id!)).toMatchObject({
      invoice_type: 'subscription',
      status: 'finalized',
      taxes_amount_cents: booked()[0]!.taxAmountToCollect,
    });
  });

  it.each<[string, () => Promise<unknown>, string, () => Promise<unknown>]>([
    ['its metric is not mapped', async () => {}, 'item_not_mapped', mapCalls],
    [
      'its customer has no address',
      async () => {
        await mapCalls();
        await host.lago.customers.createCustomer({ customer: { external_id: 'acme', country: null } as never });
      },
      'customer_address_unusable',
      () => host.customer('acme', DENVER),
    ],
    [
      'Anrok is down',
      async () => {
        await mapCalls();
        host.simulator.faults.always('any', DOWN);
      },
      'anrok_server_error',
      async () => host.simulator.faults.clear(),
    ],
  ])('is not there while %s: it is told, and given when the event is told again', async (_, breaks, code, mend) => {
    const receiver = await WebhookReceiver.start();
    await host.lago.webhookEndpoints.createWebhookEndpoint({ webhook_endpoint: { webhook_url: receiver.url } });
    await breaks();
    expect(await taxErrorOf(call(host, 'again'))).toBe(code);
    expect(await feesOf(host, 'again')).toEqual([]);
    expect(await host.work()).toBe(0);
    await host.app.get(WebhookDispatcher, { strict: false }).drain();
    expect(receiver.received.map(({ body }) => body)).toMatchObject([
      {
        webhook_type: 'fee.tax_provider_error',
        tax_provider_fee_error: {
          tax_provider_code: 'anrok',
          lago_charge_id: expect.any(String),
          event_transaction_id: 'again',
          provider_error: { error_code: code, message: expect.any(String) },
          remedy: expect.any(String),
        },
      },
    ]);
    await receiver.close();

    await mend();
    await call(host, 'again');
    await host.work();
    expect(await feeOf('again')).toMatchObject({ taxes_amount_cents: 2, tax_status: 'succeeded' });
    expect(booked()).toHaveLength(1);
  });

  it('is one, at Anrok too, however often and at once the event is told', async () => {
    await mapCalls();
    await Promise.all(Array.from({ length: 6 }, () => call(host, 'at-once')));
    await host.work();
    await call(host, 'at-once');
    await host.work();
    expect((await feeOf('at-once')).tax_status).toBe('succeeded');
    expect(booked()).toHaveLength(1);
  });

  it('is estimated by one call together with those that come with it', async () => {
    await mapCalls();
    host.simulator.calls.clear();
    const events = Array.from({ length: 100 }, (_, index) => aCall(`batch ${index}`, { count: index + 1 }));
    await host.lago.events.createBatchEvents({ events });
    expect(host.simulator.calls.all().map(({ operation }) => operation)).toEqual(['transactions.createEphemeral']);
    await host.work();
    expect(booked()).toHaveLength(100);
    expect((await feeOf('batch 99')).taxes_amount_cents).toBe(241);
  });

  it('keeps its customer’s address once it is taxed, and shows why it has no tax until then', async () => {
    await mapCalls();
    await call(host, 'moving', { count: 100 });
    host.simulator.faults.next('transactions.createOrUpdate', DOWN);
    await host.work();
    expect(await feeOf('moving')).toMatchObject({
      tax_status: 'failed',
      error_details: [{ error_code: 'tax_error', details: { tax_error: 'anrok_server_error', next: 'retrying' } }],
    });
    host.clock.advance(60_000);
    await host.work();
    const taxed = await feeOf('moving');
    expect(taxed).toMatchObject({ tax_status: 'succeeded', error_details: [] });
    await host.lago.customers.createCustomer({ customer: { external_id: 'acme', city: 'Boulder', zipcode: '80302' } });
    await host.admin('POST', `records/${(await record()).id}/retry`);
    await host.work();
    expect(await feeOf('moving')).toEqual(taxed);
    expect(booked()).toEqual([
      expect.objectContaining({ state: 'normal', address: expect.objectContaining({ city: 'Denver' }) }),
    ]);
  });
  const record = async () => (await host.admin('GET', 'records')).body.records[0];

  it('is void at Anrok once it is taken back', async () => {
    await mapCalls();
    await call(host, 'gone');
    await host.work();
    await host.lago.fees.deleteFee((await feeOf('gone')).lago_id!);
    expect(booked()).toEqual([expect.objectContaining({ state: 'normal' })]);
    await host.work();
    expect(booked()).toEqual([expect.objectContaining({ state: 'voided' })]);
  });

  it('that is taken back before Anrok has heard of it is never recorded', async () => {
    await mapCalls();
    await call(host, 'never');
    await host.lago.fees.deleteFee((await feeOf('never')).lago_id!);
    await host.work();
    expect(booked()).toEqual([]);
  });

  it('of a customer that is not linked has its flat tax at once, and Anrok hears nothing', async () => {
    await host.customer('acme', { integration_customers: [] });
    host.simulator.calls.clear();
    await call(host, 'flat', { count: 2 });
    expect(await feeOf('flat')).toMatchObject({ taxes_amount_cents: 10, tax_status: 'succeeded' });
    expect(host.simulator.calls.all()).toEqual([]);
  });
});

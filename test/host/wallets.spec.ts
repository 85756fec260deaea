import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { call, stockCalls } from '../../apps/host/src/api/testing/charging.js';
import { subscribe } from '../../apps/host/src/api/testing/subscribing.js';
import {
  createWallet,
  findWallet,
  refreshDue,
  topUp,
  transactionsOf,
} from '../../apps/host/src/api/testing/wallets.js';
import { DENVER, HostUnderTest } from '../support/host-under-test.js';

const HOUR = 3_600_000;
const EPHEMERAL = 'transactions.createEphemeral';

describe('the wallet of a customer that Anrok taxes', () => {
  let host: HostUnderTest;
  let wallet: Awaited<ReturnType<typeof createWallet>>;
  beforeEach(async () => {
    host = await HostUnderTest.start();
    await host.customer('acme', DENVER);
    await stockCalls(host);
    await subscribe(host, 'alone', { external_id: 'second' });
    wallet = await createWallet(host, { granted_credits: '100' });
    await use('first', 1_000);
    host.simulator.calls.clear();
  });
  afterEach(() => host.close());

  const use = (id: string, count: number, subscription = 'alone') =>
    call(host, id, { code: 'requests', count, subscription });
  const mapRequests = () =>
    host.map({ itemType: 'billable_metric', itemId: 'requests', productExternalId: 'saas-business' });
  const refreshed = async (hours = 1) => {
    host.clock.advance(hours * HOUR);
    await refreshDue(host);
    return findWallet(host, wallet);
  };
  const calls = () => host.simulator.calls.all().map(({ operation }) => operation);

  it('asks Anrok once a day, however often it is refreshed and however much is used', async () => {
    await mapRequests();
    expect(await refreshed(0.5)).toMatchObject({ ongoing_usage_balance_cents: 210 });
    for (let time = 1; time < 20; time++) {
      await use(`time ${time}`, 500, time % 2 === 0 ? 'alone' : 'second');
      const { ongoing_usage_balance_cents } = await refreshed(0.5);
      const fees = 200 + time * 100;
      expect(Math.abs(ongoing_usage_balance_cents - fees * 1.0481)).toBeLessThan(1.5);
    }
    expect(calls()).toEqual([EPHEMERAL]);
    expect(host.simulator.books.transactions()).toEqual([]);
    expect(host.simulator.books.customers()).toEqual([]);
  });

  it.each<[string, () => Promise<unknown>, string, () => Promise<unknown>]>([
    ['a metric is not mapped', async () => {}, 'item_not_mapped', mapRequests],
    [
      'the customer has no address',
      async () => {
        await mapRequests();
        await host.lago.customers.createCustomer({ customer: { external_id: 'acme', country: null } as never });
      },
      'customer_address_unusable',
      () => host.customer('acme', DENVER),
    ],
    [
      'Anrok is down',
      async () => {
        await mapRequests();
        host.simulator.faults.always('any', { kind: 'status', status: 503 });
      },
      'anrok_server_error',
      async () => host.simulator.faults.clear(),
    ],
  ])('keeps its balance while %s, says so, and goes on by itself afterwards', async (_, breaks, error_code, mend) => {
    await breaks();
    const stale = await refreshed();
    expect(stale).toMatchObject({
      ongoing_balance_cents: 10_000,
      last_balance_sync_at: null,
      ongoing_balance_stale_since: host.clock.now().toISOString(),
      ongoing_balance_error: { error_code, message: expect.any(String), remedy: expect.stringMatching(/\w.*\.$/) },
    });
    await mend();
    expect(await refreshed()).toMatchObject({
      ongoing_balance_cents: 9_790,
      ongoing_balance_stale_since: null,
      ongoing_balance_error: null,
    });
  });

  it('is topped up on an invoice that Anrok records, by the mapping of prepaid credits', async () => {
    await topUp(host, wallet, { paid_credits: '500' });
    await host.work();
    const [, purchased] = await transactionsOf(host, wallet);
    const invoice = () => host.reload(purchased!.lago_invoice_id!);
    expect(await invoice()).toMatchObject({
      status: 'failed',
      error_details: [{ details: { tax_error: 'item_not_mapped' } }],
    });
    expect(await findWallet(host, wallet)).toMatchObject({ balance_cents: 10_000 });

    await host.map({ itemType: 'prepaid_credit', productExternalId: 'saas-business' });
    await host.work();
    expect(await invoice()).toMatchObject({ status: 'finalized', invoice_type: 'credit', taxes_amount_cents: 2_405 });
    expect(host.simulator.books.transactions()).toMatchObject([{ id: `host:invoice:${purchased!.lago_invoice_id}` }]);
    expect(await findWallet(host, wallet)).toMatchObject({ balance_cents: 60_000 });
  });
});

import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { call, startCharging } from '../testing/charging.js';
import { subscribe } from '../testing/subscribing.js';
import { createWallet, findWallet, refreshDue, refreshWallet } from '../testing/wallets.js';

const NOBODY = '00000000-0000-7000-8000-000000000000';
const MINUTE = 60_000;

describe('the ongoing balance of a wallet', () => {
  let on: Awaited<ReturnType<typeof startCharging>>;
  let wallet: Awaited<ReturnType<typeof createWallet>>;
  beforeAll(async () => {
    on = await startCharging();
    await subscribe(on.host, 'alone', { external_id: 'second' });
    wallet = await createWallet(on.host, { granted_credits: '100' });
  });
  beforeEach(() => {
    on.strategy.estimates();
    on.strategy.estimated.length = 0;
  });
  afterAll(() => on.host.close());

  const after = (minutes: number) => {
    on.host.clock.set(new Date(on.host.clock.now().getTime() + minutes * MINUTE).toISOString());
    return refreshDue(on.host);
  };
  const whenDue = () => after(60);
  const find = () => findWallet(on.host, wallet);

  it('is of all subscriptions together, with their taxes, by one estimate; not of what was paid for at once', async () => {
    await whenDue();
    expect(await find()).toMatchObject({ ongoing_balance_cents: 10_000, ongoing_usage_balance_cents: 0 });
    await call(on.host, 'u-1', { code: 'requests', count: 1_000 });
    await call(on.host, 'u-2', { code: 'requests', count: 500, subscription: 'second' });
    await call(on.host, 'u-3', { count: 7 });
    on.strategy.estimated.length = 0;
    await whenDue();
    expect(on.strategy.estimated.map(({ lines }) => lines.map(({ amount }) => amount))).toEqual([[200, 100]]);
    expect(on.strategy.purposes.at(-1)).toBe('wallet');
    expect(await find()).toMatchObject({
      balance_cents: 10_000,
      ongoing_balance_cents: 9_670,
      ongoing_usage_balance_cents: 330,
      credits_ongoing_balance: '96.7',
      last_balance_sync_at: on.host.clock.now().toISOString(),
      ongoing_balance_stale_since: null,
      ongoing_balance_error: null,
    });
  });

  it('is refreshed every five minutes, once however many processes look, and when somebody asks', async () => {
    expect(await whenDue()).toBe(1);
    expect(await after(4)).toBe(0);
    on.strategy.estimated.length = 0;
    const counts = await Promise.all([after(1), refreshDue(on.host), refreshDue(on.host)]);
    expect(counts.toSorted()).toEqual([0, 0, 1]);
    expect(on.strategy.estimated).toHaveLength(1);
    const asked = await refreshWallet(on.host, wallet);
    expect(asked).toMatchObject({ status: 200, body: { wallet: { ongoing_usage_balance_cents: 330 } } });
    expect(on.strategy.estimated).toHaveLength(2);
  });

  it('is the last known one, marked as old, until there is an answer again; nobody has to mend the wallet', async () => {
    await call(on.host, 'u-4', { code: 'requests', count: 5_000 });
    on.strategy.refusesToEstimate();
    await whenDue();
    const since = on.host.clock.now().toISOString();
    await whenDue();
    const stale = await find();
    expect(stale).toMatchObject({
      ongoing_balance_cents: 9_670,
      ongoing_balance_stale_since: since,
      ongoing_balance_error: {
        error_code: 'address_not_found',
        message: 'The address "1 Nowhere" can not be found.',
        remedy: "Correct the customer's address.",
      },
    });
    expect(Date.parse(stale.last_balance_sync_at!)).toBeLessThan(Date.parse(since));
    expect((await refreshWallet(on.host, wallet)).body.wallet).toMatchObject({ ongoing_balance_stale_since: since });

    on.strategy.estimates();
    await whenDue();
    expect(await find()).toMatchObject({
      ongoing_balance_cents: 8_570,
      ongoing_balance_stale_since: null,
      ongoing_balance_error: null,
    });
  });

  it('of one is refreshed although that of another can not be', async () => {
    await on.host.lago.customers.createCustomer({ customer: { external_id: 'odd', currency: 'USD' } });
    const odd = await createWallet(on.host, { external_customer_id: 'odd' });
    await subscribe(on.host, 'alone', { external_id: 'odd', external_customer_id: 'odd' });
    await call(on.host, 'u-5', { code: 'requests', count: 1_000, subscription: 'odd' });
    on.strategy.beforeEstimate = async ({ customer }) => {
      if (customer.id === 'odd') throw new Error('a defect');
    };
    expect(await whenDue()).toBe(1);
    expect((await find()).last_balance_sync_at).toBe(on.host.clock.now().toISOString());
    expect(await findWallet(on.host, odd)).toMatchObject({ last_balance_sync_at: null });
    on.strategy.estimates();
    expect(await whenDue()).toBe(2);
    expect(await findWallet(on.host, odd)).toMatchObject({ ongoing_balance_cents: -220 });
  });

  it('is refreshed no more once the wallet has ended', async () => {
    await on.host.lago.wallets.destroyWallet(wallet.lago_id);
    expect(await whenDue()).toBe(1);
    expect(on.strategy.estimated.map(({ customer }) => customer.id)).toEqual(['odd']);
    const refused = { status: 405, body: { code: 'wallet_is_terminated' } };
    expect(await refreshWallet(on.host, wallet)).toMatchObject(refused);
    expect(await refreshWallet(on.host, { lago_id: NOBODY })).toMatchObject({ status: 404 });
  });
});

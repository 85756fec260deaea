import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startHost, type TestHost } from '../testing/host.starter.js';
import { stock } from '../testing/invoicing.js';
import { refusalOf } from '../testing/lago-refusal.js';
import { plan, subscribe } from '../testing/subscribing.js';

describe('subscriptions', () => {
  let host: TestHost;
  beforeAll(async () => {
    host = await startHost();
    await stock(host);
    await plan(host, 'monthly');
    await plan(host, 'euro', { amount_currency: 'EUR' });
  });
  beforeEach(() => host.clock.set('2026-03-15T12:00:00Z'));
  afterAll(() => host.close());

  const find = async (id: string) => (await host.lago.subscriptions.findSubscription(id)).data.subscription;
  const list = async (query: object) => (await host.lago.subscriptions.findAllSubscriptions(query)).data.subscriptions;
  const terminate = async (id: string) => (await host.lago.subscriptions.destroySubscription(id)).data.subscription;

  it('begin at once, and come back as they were given', async () => {
    const created = await subscribe(host, 'monthly', { external_id: 'as-given', name: 'Repository A' });
    expect(created).toMatchObject({
      external_id: 'as-given',
      external_customer_id: 'acme',
      name: 'Repository A',
      plan_code: 'monthly',
      plan_amount_cents: 3_000,
      plan_amount_currency: 'USD',
      status: 'active',
      billing_time: 'calendar',
      subscription_at: '2026-03-15T12:00:00.000Z',
      started_at: '2026-03-15T12:00:00.000Z',
      current_billing_period_started_at: '2026-03-15T00:00:00.000Z',
      current_billing_period_ending_at: '2026-03-31T23:59:59.999Z',
      plan: { code: 'monthly' },
    });
    expect(await find('as-given')).toEqual(created);
  });

  it('run by the days of the place where the customer is when it subscribes', async () => {
    const customer = { external_id: 'denver', currency: 'USD' as const, timezone: 'America/Denver' as const };
    await host.lago.customers.createCustomer({ customer });
    const fields = { external_id: 'of-denver', external_customer_id: 'denver', billing_time: 'anniversary' as const };
    const bounds = {
      current_billing_period_started_at: '2026-03-01T07:00:00.000Z',
      // the clocks are an hour ahead by then
      current_billing_period_ending_at: '2026-04-01T05:59:59.999Z',
    };
    // still the first day of the month in Denver
    const created = await subscribe(host, 'monthly', { ...fields, subscription_at: '2026-03-02T06:00:00Z' });
    expect(created).toMatchObject(bounds);
    await host.lago.customers.createCustomer({ customer: { ...customer, timezone: 'Europe/Paris' } });
    expect(await find('of-denver')).toMatchObject(bounds);
  });

  it('may begin later, and are pending until then', async () => {
    const fields = { external_id: 'later', subscription_at: '2026-03-20T00:00:00Z' };
    expect(await subscribe(host, 'monthly', fields)).toMatchObject({
      status: 'pending',
      started_at: null,
      current_billing_period_started_at: null,
    });
    host.clock.set('2026-03-20T00:00:00Z');
    expect(await find('later')).toMatchObject({ status: 'active', started_at: '2026-03-20T00:00:00.000Z' });
  });

  it('are the same when they are asked for again, and no other under the same id', async () => {
    const first = await subscribe(host, 'monthly', { external_id: 'again' });
    expect(await subscribe(host, 'monthly', { external_id: 'again' })).toEqual(first);
    const taken = { error_details: { external_id: ['value_already_exist'] } };
    await plan(host, 'another');
    expect(await refusalOf(subscribe(host, 'another', { external_id: 'again' }))).toMatchObject(taken);
    const many = Array.from({ length: 4 }, () => subscribe(host, 'monthly', { external_id: 'at-once' }));
    expect(new Set((await Promise.all(many)).map(({ lago_id }) => lago_id)).size).toBe(1);
  });

  it('decide on the currency of a customer that has none, and keep it', async () => {
    await host.lago.customers.createCustomer({ customer: { external_id: 'undecided' } });
    const fields = { external_id: 'first', external_customer_id: 'undecided' };
    await subscribe(host, 'euro', fields);
    const { data } = await host.lago.customers.findCustomer('undecided');
    expect(data.customer.currency).toBe('EUR');
    const refused = { status: 422, error_details: { currency: ['currencies_does_not_match'] } };
    expect(await refusalOf(subscribe(host, 'monthly', { ...fields, external_id: 'second' }))).toMatchObject(refused);
    const changed = host.lago.customers.createCustomer({ customer: { external_id: 'undecided', currency: 'USD' } });
    expect(await refusalOf(changed)).toMatchObject(refused);
  });

  it('end when they are terminated, once', async () => {
    await subscribe(host, 'monthly', { external_id: 'ended' });
    expect(await terminate('ended')).toMatchObject({
      status: 'terminated',
      terminated_at: '2026-03-15T12:00:00.000Z',
      canceled_at: null,
      current_billing_period_started_at: null,
    });
    expect(await refusalOf(terminate('ended'))).toMatchObject({ status: 404, code: 'subscription_not_found' });
  });

  it('are canceled when they are terminated before they begin', async () => {
    await subscribe(host, 'monthly', { external_id: 'canceled', subscription_at: '2026-04-01T00:00:00Z' });
    expect(await terminate('canceled')).toMatchObject({
      status: 'canceled',
      canceled_at: '2026-03-15T12:00:00.000Z',
      terminated_at: null,
    });
    host.clock.set('2026-05-01T00:00:00Z');
    expect(await find('canceled')).toMatchObject({ status: 'canceled' });
  });

  it('are listed newest first, the active ones unless others are asked for', async () => {
    await plan(host, 'listed');
    await host.lago.customers.createCustomer({ customer: { external_id: 'lists' } });
    const fields = { external_customer_id: 'lists' };
    await subscribe(host, 'listed', { ...fields, external_id: 'active-1' });
    await subscribe(host, 'listed', { ...fields, external_id: 'active-2' });
    await subscribe(host, 'listed', { ...fields, external_id: 'to-come', subscription_at: '2026-06-01T00:00:00Z' });
    await subscribe(host, 'listed', { ...fields, external_id: 'over' });
    await terminate('over');
    const ids = async (query: object) =>
      (await list({ external_customer_id: 'lists', ...query })).map(({ external_id }) => external_id);
    expect(await ids({})).toEqual(['active-2', 'active-1']);
    expect(await ids({ 'status[]': ['pending', 'terminated'] })).toEqual(['over', 'to-come']);
    expect(await ids({ 'status[]': ['canceled'] })).toEqual([]);
    expect(await ids({ plan_code: 'monthly' })).toEqual([]);
    expect(await ids({ external_id: 'active-1' })).toEqual(['active-1']);
    expect(await refusalOf(ids({ 'status[]': ['asleep'] }))).toMatchObject({
      error_details: { status: ['value_is_invalid'] },
    });
  });

  it.each([
    [{ external_id: '' }, { external_id: ['value_is_mandatory'] }],
    [{ billing_time: 'sometimes' }, { billing_time: ['value_is_invalid'] }],
    [{ subscription_at: 'tomorrow' }, { subscription_at: ['value_is_invalid'] }],
  ])('refuse %j', async (fields, error_details) => {
    expect(await refusalOf(subscribe(host, 'monthly', fields as object))).toMatchObject({ status: 422, error_details });
  });

  it.each([
    ['customer_not_found', 'monthly', { external_customer_id: 'nobody' }],
    ['plan_not_found', 'nothing', {}],
  ])('answer %s', async (code, planCode, fields) => {
    expect(await refusalOf(subscribe(host, planCode, fields))).toMatchObject({ status: 404, code });
  });
});

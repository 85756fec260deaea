import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startHost, type TestHost } from '../testing/host.starter.js';
import { stock } from '../testing/invoicing.js';
import { refusalOf } from '../testing/lago-refusal.js';
import { ScriptedTaxStrategy } from '../testing/scripted.tax-strategy.js';
import { charge, measure, plan, subscribe, use } from '../testing/subscribing.js';

describe('the current usage of a subscription', () => {
  const strategy = new ScriptedTaxStrategy();
  let host: TestHost;
  beforeAll(async () => {
    host = await startHost({ strategies: [strategy] });
    await stock(host);
    await host.lago.customers.createCustomer({ customer: { external_id: 'other', currency: 'USD' } });
    const [requests, storage] = [await measure(host), await measure(host, 'storage')];
    const charges = [charge(requests, { pay_in_advance: true }), charge(storage, { invoice_display_name: 'Disk' })];
    await plan(host, 'monthly', { charges });
    host.clock.set('2026-03-10T00:00:00Z');
    await subscribe(host, 'monthly');
    await subscribe(host, 'monthly', { external_id: 'idle' });
    await use(host, 'monthly', '2026-03-09T23:59:59Z', 7_000);
    await use(host, 'monthly', '2026-03-10T00:00:00Z', 1_000);
    await use(host, 'monthly', '2026-03-14T00:00:00Z', '500.5');
    await use(host, 'monthly', '2026-04-01T00:00:00Z', 9_000);
  });
  beforeEach(() => {
    strategy.estimates();
    strategy.estimated.length = 0;
    host.clock.set('2026-03-15T00:00:00Z');
  });
  afterAll(() => host.close());

  const usage = async (external_subscription_id = 'monthly', query: object = {}, customer = 'acme') =>
    (await host.lago.customers.findCustomerCurrentUsage(customer, { external_subscription_id, ...query })).data
      .customer_usage;

  it('is what was used in the running period, of every charge, with the tax that it would have', async () => {
    const unused = { units: '0', events_count: 0, amount_cents: 0 };
    expect(await usage()).toEqual({
      from_datetime: '2026-03-10T00:00:00.000Z',
      to_datetime: '2026-03-31T23:59:59.999Z',
      issuing_date: '2026-04-01',
      lago_invoice_id: null,
      currency: 'USD',
      amount_cents: 300,
      taxes_amount_cents: 30,
      total_amount_cents: 330,
      charges_usage: [
        expect.objectContaining({
          units: '1500.5',
          total_aggregated_units: '1500.5',
          events_count: 2,
          amount_cents: 300,
          amount_currency: 'USD',
          billable_metric: expect.objectContaining({ code: 'requests', aggregation_type: 'sum_agg' }),
        }),
        expect.objectContaining({ ...unused, charge: expect.objectContaining({ invoice_display_name: 'Disk' }) }),
      ],
    });
  });

  it('asks once for the tax, of what has an amount', async () => {
    await usage();
    expect(strategy.estimated).toEqual([
      {
        kind: 'invoice',
        id: expect.any(String),
        currency: 'USD',
        accountingDate: '2026-04-01',
        customer: expect.objectContaining({ id: 'acme' }),
        lines: [
          {
            id: expect.any(String),
            item: { type: 'billable_metric', id: 'requests' },
            amount: 300,
            quantity: '1500.5',
            taxIncluded: false,
          },
        ],
      },
    ]);
  });

  it('asks nobody for the tax of nothing, nor when no tax is wanted', async () => {
    expect(await usage('idle')).toMatchObject({ amount_cents: 0, taxes_amount_cents: 0 });
    const untaxed = await usage('monthly', { apply_taxes: false });
    expect(untaxed).toMatchObject({ amount_cents: 300, taxes_amount_cents: 0, total_amount_cents: 300 });
    expect(strategy.estimated).toEqual([]);
    expect(await usage('monthly', { apply_taxes: true })).toMatchObject({ taxes_amount_cents: 30 });
  });

  it('without an answer to what the tax is, is an error and never a tax of zero', async () => {
    strategy.refusesToEstimate();
    expect(await refusalOf(usage())).toEqual({
      status: 422,
      error: 'Unprocessable Entity',
      code: 'validation_errors',
      error_details: {
        tax_error: ['address_not_found: The address "1 Nowhere" can not be found.'],
        remedy: ["Correct the customer's address."],
      },
    });
    expect(await usage('monthly', { apply_taxes: false })).toMatchObject({ amount_cents: 300 });
  });

  it('begins at zero with every period', async () => {
    host.clock.set('2026-04-01T00:00:00Z');
    expect(await usage()).toMatchObject({ from_datetime: '2026-04-01T00:00:00.000Z', amount_cents: 1_800 });
    host.clock.set('2026-05-01T00:00:00Z');
    expect(await usage()).toMatchObject({ amount_cents: 0 });
  });

  it('is not there for what does not run, or is somebody else’s', async () => {
    const notFound = { status: 404, code: 'subscription_not_found' };
    expect(await refusalOf(usage('nothing'))).toMatchObject(notFound);
    expect(await refusalOf(usage('monthly', {}, 'other'))).toMatchObject(notFound);
    await subscribe(host, 'monthly', { external_id: 'over' });
    await host.lago.subscriptions.destroySubscription('over');
    expect(await refusalOf(usage('over'))).toMatchObject(notFound);
  });

  it.each([
    [{ external_subscription_id: '' }, { external_subscription_id: ['value_is_mandatory'] }],
    [{ apply_taxes: 'perhaps' }, { apply_taxes: ['value_is_invalid'] }],
  ])('refuses %j', async (query, error_details) => {
    expect(await refusalOf(usage('monthly', query))).toMatchObject({ status: 422, error_details });
  });
});

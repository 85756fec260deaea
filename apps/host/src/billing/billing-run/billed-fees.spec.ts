import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startHost, type TestHost } from '../../api/testing/host.starter.js';
import { stock } from '../../api/testing/invoicing.js';
import { ScriptedTaxStrategy } from '../../api/testing/scripted.tax-strategy.js';
import { bill, charge, invoicesOf, measure, plan, subscribe, use } from '../../api/testing/subscribing.js';

const NOTHING = { issued: [], drafted: [], finalized: [], failed: [] };
const inMarch = (day: string) => `2026-03-${day}T12:00:00Z`;

describe('an invoice over periods', () => {
  let strategy: ScriptedTaxStrategy;
  let host: TestHost;
  let requests: { lago_id: string };
  beforeEach(async () => {
    strategy = new ScriptedTaxStrategy();
    strategy.settles();
    host = await startHost({ strategies: [strategy] });
    await stock(host);
    requests = await measure(host);
  });
  afterEach(() => host.close());

  const at = (time: string) => host.clock.set(time);
  const fees = async (customer?: string) =>
    (await invoicesOf(host, customer)).map((invoice) =>
      invoice.fees!.map((fee) => `${fee.item.type} ${fee.item.code} ${fee.units} = ${fee.amount_cents}`),
    );
  const customer = (external_id: string, fields: object = {}) =>
    host.lago.customers.createCustomer({ customer: { external_id, ...fields } });

  it('holds everything that a month in arrears costs', async () => {
    const { lago_id: add_on_id } = (await host.lago.addOns.findAddOn('setup')).data.add_on;
    const premium = await plan(host, 'premium', {
      invoice_display_name: 'Premium (P)',
      minimum_commitment: { amount_cents: 50_000 },
      charges: [charge(requests)],
      fixed_charges: [{ add_on_id, charge_model: 'standard', units: 2 }],
    });
    at('2026-03-01T09:00:00Z');
    const { lago_id: subscriptionId } = await subscribe(host, 'premium');
    await use(host, 'premium', '2026-03-01T00:00:00Z', 1_000_000);
    await use(host, 'premium', '2026-03-31T23:59:59.999Z', '500000.5');
    await use(host, 'premium', '2026-04-01T00:00:00Z', 7_000_000);
    at('2026-04-01T00:00:00Z');
    const report = await bill(host);

    const [invoice, ...others] = await invoicesOf(host);
    expect(others).toEqual([]);
    expect(report).toEqual({ ...NOTHING, issued: [invoice!.number] });
    const period = { from_date: '2026-03-01T00:00:00.000Z', to_date: '2026-03-31T23:59:59.999Z' };
    const common = { ...period, lago_subscription_id: subscriptionId, external_subscription_id: 'premium' };
    expect(invoice).toMatchObject({
      invoice_type: 'subscription',
      status: 'finalized',
      issuing_date: '2026-04-01',
      currency: 'USD',
      // 3,000 + 300,000.1 + 20,000, and the commitment is fulfilled
      fees_amount_cents: 323_000,
      taxes_amount_cents: 32_300,
      total_amount_cents: 355_300,
      fees: [
        {
          ...common,
          item: {
            type: 'subscription',
            code: 'premium',
            invoice_display_name: 'Premium (P)',
            item_type: 'Subscription',
            lago_item_id: subscriptionId,
          },
          amount_cents: 3_000,
          units: '1',
          precise_unit_amount: '30.00',
        },
        {
          ...common,
          item: { type: 'charge', code: 'requests', item_type: 'BillableMetric', lago_item_id: requests.lago_id },
          lago_charge_id: premium.charges![0]!.lago_id,
          amount_cents: 300_000,
          units: '1500000.5',
          precise_unit_amount: '0.002',
        },
        {
          ...common,
          item: { type: 'fixed_charge', code: 'setup', item_type: 'AddOn', lago_item_id: add_on_id },
          lago_fixed_charge_id: premium.fixed_charges![0]!.lago_id,
          amount_cents: 20_000,
          units: '2',
          precise_unit_amount: '100.00',
        },
      ],
      subscriptions: [{ external_id: 'premium', status: 'active' }],
      billing_periods: [
        {
          external_subscription_id: 'premium',
          lago_plan_id: premium.lago_id,
          subscription_from_datetime: period.from_date,
          subscription_to_datetime: period.to_date,
          charges_from_datetime: period.from_date,
          charges_to_datetime: period.to_date,
          invoicing_reason: 'subscription_periodic',
        },
      ],
    });
    expect(strategy.settled).toMatchObject([
      {
        accountingDate: '2026-04-01',
        lines: [
          { item: { type: 'subscription', id: 'premium' }, amount: 3_000 },
          { item: { type: 'billable_metric', id: 'requests' }, amount: 300_000 },
          { item: { type: 'fixed_charge', id: 'setup' }, amount: 20_000 },
        ],
      },
    ]);
  });

  it('lifts a month to its minimum, with what was paid in advance counted', async () => {
    const { lago_id: add_on_id } = (await host.lago.addOns.findAddOn('setup')).data.add_on;
    await plan(host, 'committed', {
      pay_in_advance: true,
      minimum_commitment: { amount_cents: 50_000, invoice_display_name: 'At least 500' },
      charges: [charge(requests)],
      fixed_charges: [{ add_on_id, charge_model: 'standard', units: 1, pay_in_advance: true }],
    });
    at('2026-03-01T00:00:00Z');
    await subscribe(host, 'committed');
    await bill(host);
    await use(host, 'committed', inMarch('10'), 1_000_000 / 1_000);
    at('2026-04-01T00:00:00Z');
    await bill(host);
    const advance = ['subscription committed 1 = 3000', 'fixed_charge setup 1 = 10000'];
    // 50,000 less 3,000, 10,000 and 200
    const arrears = ['charge requests 1000 = 200', 'commitment committed 1 = 36800'];
    expect(await fees()).toEqual([advance, [...arrears, ...advance]]);
    const [first, second] = await invoicesOf(host);
    expect(first!.fees).toMatchObject([{ pay_in_advance: true }, { pay_in_advance: true }]);
    expect(first!.billing_periods).toMatchObject([
      { invoicing_reason: 'subscription_starting', subscription_from_datetime: '2026-03-01T00:00:00.000Z' },
    ]);
    expect(second!.billing_periods).toMatchObject([
      {
        invoicing_reason: 'subscription_periodic',
        subscription_from_datetime: '2026-04-01T00:00:00.000Z',
        charges_from_datetime: '2026-03-01T00:00:00.000Z',
      },
    ]);
    expect(second!.fees![1]!.item.invoice_display_name).toBe('At least 500');
  });

  it('bills the days that there were of a first and of a last month', async () => {
    await plan(host, 'arrears');
    await plan(host, 'advance', { pay_in_advance: true });
    at('2026-03-17T15:00:00Z');
    await subscribe(host, 'arrears');
    await subscribe(host, 'advance');
    await bill(host);
    expect(await fees()).toEqual([['subscription advance 1 = 1452']]);
    at('2026-04-01T00:00:00Z');
    await bill(host);
    at('2026-04-10T15:00:00Z');
    await host.lago.subscriptions.destroySubscription('arrears');
    await host.lago.subscriptions.destroySubscription('advance');
    expect(await bill(host)).toEqual(NOTHING);
    at('2026-04-11T00:00:00Z');
    await bill(host);
    at('2027-01-01T00:00:00Z');
    expect(await bill(host)).toEqual(NOTHING);
    expect(await fees()).toEqual([
      ['subscription advance 1 = 1452'],
      ['subscription arrears 1 = 1452', 'subscription advance 1 = 3000'],
      ['subscription arrears 1 = 1000'],
    ]);
    const [, , last] = await invoicesOf(host);
    expect(last!.billing_periods).toMatchObject([
      { external_subscription_id: 'arrears', invoicing_reason: 'subscription_terminating' },
      { external_subscription_id: 'advance', invoicing_reason: 'subscription_terminating' },
    ]);
  });

  it('over what was used for free is final, and nobody is asked for its tax', async () => {
    await plan(host, 'free', { amount_cents: 0, charges: [charge(requests, { properties: { amount: '0' } })] });
    at('2026-03-01T00:00:00Z');
    await subscribe(host, 'free');
    await use(host, 'free', inMarch('02'), 7);
    at('2026-04-01T00:00:00Z');
    await bill(host);
    expect(await invoicesOf(host)).toMatchObject([
      { status: 'finalized', total_amount_cents: 0, fees: [{ units: '7', amount_cents: 0 }], applied_taxes: [] },
    ]);
    expect([strategy.settled, strategy.estimated]).toEqual([[], []]);
  });

  it('does not bill what was over before the subscription was made', async () => {
    await plan(host, 'monthly', { pay_in_advance: true, charges: [charge(requests)] });
    at('2026-03-15T00:00:00Z');
    await subscribe(host, 'monthly', { subscription_at: '2025-11-20T00:00:00Z' });
    await use(host, 'monthly', '2026-02-10T00:00:00Z', 500);
    await use(host, 'monthly', inMarch('10'), 1_000);
    expect(await bill(host)).toEqual(NOTHING);
    at('2026-04-01T00:00:00Z');
    await bill(host);
    expect(await fees()).toEqual([['charge requests 1000 = 200', 'subscription monthly 1 = 3000']]);
  });

  it('counts everything that is used once, whenever the runs are', async () => {
    await plan(host, 'weekly', { interval: 'weekly', amount_cents: 0, charges: [charge(requests)] });
    await customer('havana', { timezone: 'America/Havana', currency: 'USD' });
    at('2026-10-20T00:00:00Z');
    await subscribe(host, 'weekly', { external_customer_id: 'havana' });
    // through the night in which the clocks go back at midnight, with runs at odd hours
    const start = Date.parse('2026-10-20T12:00:00Z');
    for (let hour = 0; hour < 24 * 14; hour += 5) {
      const moment = new Date(start + hour * 3_600_000).toISOString();
      at(moment);
      await use(host, 'weekly', moment, 1_000);
      if (hour % 35 === 0) await bill(host);
    }
    at('2026-11-20T00:00:00Z');
    await bill(host);
    const billed = (await invoicesOf(host, 'havana')).flatMap(({ fees }) => fees!.map(({ units }) => Number(units)));
    expect(billed.length).toBeGreaterThan(2);
    expect(billed.reduce((sum, units) => sum + units, 0)).toBe(68 * 1_000);
  });
});

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startHost, type TestHost } from '../../api/testing/host.starter.js';
import { stock } from '../../api/testing/invoicing.js';
import { refusalOf } from '../../api/testing/lago-refusal.js';
import { ScriptedTaxStrategy } from '../../api/testing/scripted.tax-strategy.js';
import { bill, charge, invoicesOf, measure, plan, subscribe, use } from '../../api/testing/subscribing.js';

const NOTHING = { issued: [], drafted: [], finalized: [], failed: [] };
const inMarch = (day: string) => `2026-03-${day}T12:00:00Z`;

describe('a billing run', () => {
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

  it('makes one invoice for all that a customer owes on a day, and one for every customer', async () => {
    await plan(host, 'monthly');
    await plan(host, 'weekly', { interval: 'weekly', amount_cents: 700 });
    await customer('other');
    at('2026-06-01T00:00:00Z');
    await subscribe(host, 'monthly');
    await subscribe(host, 'weekly', { external_id: 'w1' });
    await subscribe(host, 'weekly', { external_id: 'w2', external_customer_id: 'other' });
    at('2026-06-08T00:00:00Z');
    expect((await bill(host)).issued).toHaveLength(2);
    at('2026-06-29T00:00:00Z');
    await bill(host);
    at('2026-07-01T00:00:00Z');
    await bill(host);
    const weeks = 'subscription weekly 1 = 700';
    expect(await fees()).toEqual([[weeks], [weeks, weeks, weeks], ['subscription monthly 1 = 3000']]);
    expect(await fees('other')).toEqual([[weeks], [weeks, weeks, weeks]]);
  });

  it('bills nothing twice, however often it runs, and however many at a time', async () => {
    await plan(host, 'monthly', { pay_in_advance: true, charges: [charge(requests)] });
    at('2026-03-01T00:00:00Z');
    await subscribe(host, 'monthly');
    await use(host, 'monthly', inMarch('02'), 1_000);
    at('2026-04-01T00:00:00Z');
    const reports = await Promise.all([bill(host), bill(host), bill(host)]);
    expect(reports.flatMap(({ issued }) => issued)).toHaveLength(1);
    expect(reports.flatMap(({ failed }) => failed)).toEqual([]);
    expect(await bill(host)).toEqual(NOTHING);
    at('2026-04-01T23:00:00Z');
    expect(await bill(host)).toEqual(NOTHING);
    expect(await fees()).toEqual([
      ['subscription monthly 1 = 3000', 'charge requests 1000 = 200', 'subscription monthly 1 = 3000'],
    ]);
  });

  it('goes on where it broke off, and keeps nobody else waiting', async () => {
    await plan(host, 'monthly');
    at('2026-03-01T00:00:00Z');
    const customers = ['a', 'b', 'c'];
    for (const external_id of customers) {
      await customer(external_id);
      await subscribe(host, 'monthly', { external_id, external_customer_id: external_id });
    }
    at('2026-04-01T00:00:00Z');
    const settle = strategy.next;
    strategy.next = async () => {
      if (strategy.settled.at(-1)!.customer.id === 'b') throw new TypeError('a defect');
      return settle();
    };
    expect(await bill(host)).toMatchObject({ failed: ['b'], issued: ['INV-2026-000001', 'INV-2026-000002'] });
    expect(await fees('b')).toEqual([]);
    strategy.next = settle;
    at('2026-04-03T00:00:00Z');
    expect(await bill(host)).toEqual({ ...NOTHING, issued: ['INV-2026-000003'] });
    for (const external_id of customers) expect(await fees(external_id)).toEqual([['subscription monthly 1 = 3000']]);
  });

  it('bills whatever usage was taken, also the most of several subscriptions together', async () => {
    await plan(host, 'metered', { amount_cents: 0, charges: [charge(requests, { properties: { amount: '1' } })] });
    at('2026-03-01T00:00:00Z');
    for (const external_id of ['m1', 'm2']) {
      await subscribe(host, 'metered', { external_id });
      await use(host, external_id, inMarch('02'), '90071992547');
      await refusalOf(use(host, external_id, inMarch('03'), '9'.repeat(17)));
    }
    at('2026-04-01T00:00:00Z');
    expect(await bill(host)).toMatchObject({ issued: [expect.any(String)], failed: [] });
    expect(await invoicesOf(host)).toMatchObject([{ status: 'finalized', taxes_amount_cents: 1_801_439_850_940 }]);
  });

  it('fails the invoice and not the run when a strategy refuses', async () => {
    await plan(host, 'monthly');
    at('2026-03-01T00:00:00Z');
    await subscribe(host, 'monthly');
    at('2026-04-01T00:00:00Z');
    strategy.refuses();
    expect((await bill(host)).issued).toHaveLength(1);
    expect(await invoicesOf(host)).toMatchObject([{ status: 'failed', fees: [{ amount_cents: 3_000 }] }]);
    expect(await bill(host)).toEqual(NOTHING);
  });

  it('makes no invoice over nothing, and does not come back to it', async () => {
    await plan(host, 'usage-only', { amount_cents: 0, charges: [charge(requests)] });
    at('2026-03-01T00:00:00Z');
    await subscribe(host, 'usage-only');
    at('2026-04-01T00:00:00Z');
    expect(await bill(host)).toEqual(NOTHING);
    // too late: March is billed
    await use(host, 'usage-only', inMarch('30'), 1_000);
    await use(host, 'usage-only', '2026-04-02T00:00:00Z', 2_000);
    expect(await bill(host)).toEqual(NOTHING);
    at('2026-05-01T00:00:00Z');
    await bill(host);
    expect(await fees()).toEqual([['charge requests 2000 = 400']]);
  });

  it('waits until the day has begun where the customer is', async () => {
    await plan(host, 'monthly', { charges: [charge(requests)] });
    await customer('denver', { timezone: 'America/Denver', currency: 'USD' });
    at('2026-03-01T12:00:00Z');
    await subscribe(host, 'monthly', { external_customer_id: 'denver' });
    await use(host, 'monthly', '2026-04-01T05:59:59.999Z', 1_000);
    await use(host, 'monthly', '2026-04-01T06:00:00Z', 2_000);
    at('2026-04-01T05:59:59Z');
    expect(await bill(host)).toEqual(NOTHING);
    expect(await bill(host, '2026-04-01')).toEqual(NOTHING);
    at('2026-04-01T06:00:00Z');
    await bill(host);
    at('2026-05-01T06:00:00Z');
    await bill(host);
    expect(await fees('denver')).toEqual([
      ['subscription monthly 1 = 3000', 'charge requests 1000 = 200'],
      ['subscription monthly 1 = 3000', 'charge requests 2000 = 400'],
    ]);
    expect(await invoicesOf(host, 'denver')).toMatchObject([
      { issuing_date: '2026-04-01' },
      { issuing_date: '2026-05-01' },
    ]);
  });

  it('for a day of the past bills what was due by then, and says that day', async () => {
    await plan(host, 'weekly', { interval: 'weekly' });
    at('2026-06-01T00:00:00Z');
    await subscribe(host, 'weekly');
    at('2026-06-23T00:00:00Z');
    await bill(host, '2026-06-08');
    await bill(host, '2026-06-21');
    await bill(host, '2026-06-30');
    expect((await invoicesOf(host)).map(({ issuing_date }) => issuing_date)).toEqual([
      '2026-06-08',
      '2026-06-21',
      '2026-06-23',
    ]);
  });

  it('leaves what is issued as it was when the plan, the metric and the prices are others', async () => {
    await plan(host, 'monthly', { charges: [charge(requests)] });
    at('2026-03-01T00:00:00Z');
    await subscribe(host, 'monthly');
    await use(host, 'monthly', inMarch('02'), 1_000);
    at('2026-04-01T00:00:00Z');
    await bill(host);
    const [issued] = await invoicesOf(host);
    const charges = [charge(requests, { properties: { amount: '9' }, invoice_display_name: 'Calls' })];
    await host.lago.plans.updatePlan('monthly', { plan: { name: 'Renamed', amount_cents: 1, charges } });
    await host.lago.billableMetrics.updateBillableMetric('requests', { billable_metric: { name: 'Renamed' } });
    const [after] = await invoicesOf(host);
    expect(after).toMatchObject({ fees: issued!.fees, total_amount_cents: issued!.total_amount_cents });
  });
});

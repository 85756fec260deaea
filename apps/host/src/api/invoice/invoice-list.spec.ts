import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startHost, type TestHost } from '../testing/host.starter.js';
import { refusalOf } from '../testing/lago-refusal.js';
import { ScriptedTaxStrategy } from '../testing/scripted.tax-strategy.js';

describe('the list of invoices', () => {
  const strategy = new ScriptedTaxStrategy();
  let host: TestHost;
  beforeAll(async () => {
    host = await startHost({ strategies: [strategy] });
    for (const [external_id, currency] of [
      ['acme', 'USD'],
      ['paris', 'EUR'],
    ] as const)
      await host.lago.customers.createCustomer({ customer: { external_id, currency } });
    await host.lago.addOns.createAddOn({
      add_on: { code: 'setup', name: 'Setup', amount_cents: 100, amount_currency: 'USD' },
    });
    const issue = async (day: string, external_customer_id: string) => {
      host.clock.set(`${day}T12:00:00Z`);
      await host.lago.invoices.createInvoice({
        invoice: { external_customer_id, fees: [{ add_on_code: 'setup', unit_amount_cents: 100 }] },
      });
    };
    await issue('2026-01-31', 'acme');
    strategy.refuses();
    await issue('2026-02-01', 'acme');
    strategy.next = async () => ({
      status: 'settled',
      calculation: await strategy.estimate(strategy.settled.at(-1)!),
    });
    await issue('2026-02-28', 'paris');
    await issue('2026-03-01', 'acme');
  });
  afterAll(() => host.close());

  const list = async (query: object) => (await host.lago.invoices.findAllInvoices(query)).data;
  const days = async (query: object) => (await list(query)).invoices.map((invoice) => invoice.issuing_date);

  it('comes newest first, with customer, taxes and errors, and without fees', async () => {
    const { invoices, meta } = await list({});
    expect(invoices.map((invoice) => [invoice.issuing_date, invoice.status])).toEqual([
      ['2026-03-01', 'finalized'],
      ['2026-02-28', 'finalized'],
      ['2026-02-01', 'failed'],
      ['2026-01-31', 'pending'],
    ]);
    expect(invoices[0]).toMatchObject({
      customer: { external_id: 'acme' },
      total_amount_cents: 110,
      applied_taxes: [{ amount_cents: 10 }],
    });
    expect(invoices[2]).toMatchObject({ error_details: [{ error_code: 'tax_error' }] });
    expect(invoices[0]).not.toHaveProperty('fees');
    expect(meta).toEqual({ current_page: 1, next_page: null, prev_page: null, total_pages: 1, total_count: 4 });
  });

  it('comes in pages', async () => {
    expect(await days({ page: 2, per_page: 3 })).toEqual(['2026-01-31']);
    expect((await list({ page: 2, per_page: 3 })).meta).toMatchObject({
      prev_page: 1,
      next_page: null,
      total_pages: 2,
    });
  });

  it.each([
    [{ 'statuses[]': ['failed', 'pending'] }, ['2026-02-01', '2026-01-31']],
    [{ 'statuses[]': ['pending'] }, ['2026-01-31']],
    [{ statuses: ['failed', 'pending'] }, ['2026-02-01', '2026-01-31']],
    [{ 'status[]': ['failed'] }, ['2026-02-01']],
    [{ status: 'failed' }, ['2026-02-01']],
    [{ status: 'voided' }, []],
    [{ external_customer_id: 'paris' }, ['2026-02-28']],
    [{ external_customer_id: 'nobody' }, []],
    [{ currency: 'EUR' }, ['2026-02-28']],
    [{ issuing_date_from: '2026-02-28' }, ['2026-03-01', '2026-02-28']],
    [{ issuing_date_to: '2026-02-01' }, ['2026-02-01', '2026-01-31']],
    [{ issuing_date_from: '2026-02-01', issuing_date_to: '2026-02-28' }, ['2026-02-28', '2026-02-01']],
    [{ external_customer_id: 'acme', status: 'finalized' }, ['2026-03-01']],
    [{ unknown_filter: 'x' }, ['2026-03-01', '2026-02-28', '2026-02-01', '2026-01-31']],
  ])('is narrowed by %j', async (query, expected) => {
    expect(await days(query)).toEqual(expected);
  });

  it.each([
    [{ status: 'paid' }, { status: ['value_is_invalid'] }],
    [{ 'statuses[]': ['failed', 'paid'] }, { statuses: ['value_is_invalid'] }],
    [{ issuing_date_from: '2026-02-30' }, { issuing_date_from: ['value_is_invalid'] }],
    [{ issuing_date_to: 'yesterday' }, { issuing_date_to: ['value_is_invalid'] }],
    [{ external_customer_id: '\0' }, { external_customer_id: ['value_is_invalid'] }],
    [
      { page: '0', per_page: '-1' },
      { page: ['value_is_out_of_range'], per_page: ['value_is_invalid'] },
    ],
  ])('refuses %j', async (query, error_details) => {
    expect(await refusalOf(list(query))).toMatchObject({ status: 422, error_details });
  });
});

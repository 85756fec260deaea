import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { InvoiceOneOffCreateInput } from 'lago-javascript-client';
import { refusalOf } from '../testing/lago-refusal.js';
import { startHost, type TestHost } from '../testing/host.starter.js';

type InvoiceFields = Partial<InvoiceOneOffCreateInput['invoice']>;

describe('one-off invoices, taxed 10 % at once', () => {
  let host: TestHost;
  beforeAll(async () => {
    host = await startHost();
    await host.lago.addOns.createAddOn({
      add_on: {
        code: 'setup',
        name: 'Setup',
        invoice_display_name: 'Setup (SF1)',
        description: 'Done once',
        amount_cents: 10_000,
        amount_currency: 'USD',
      },
    });
    await host.lago.customers.createCustomer({ customer: { external_id: 'acme', currency: 'USD' } });
  });
  afterAll(() => host.close());

  const issue = async (fees: object[], fields: InvoiceFields = {}) =>
    (
      await host.lago.invoices.createInvoice({
        invoice: { external_customer_id: 'acme', fees: fees as InvoiceOneOffCreateInput['invoice']['fees'], ...fields },
      })
    ).data.invoice;
  const setup = (fee: object = {}) => ({ add_on_code: 'setup', ...fee });

  it('are finalized, and found again as they were answered', async () => {
    const invoice = await issue([setup()]);
    expect(invoice).toMatchObject({ status: 'finalized', invoice_type: 'one_off', currency: 'USD', error_details: [] });
    expect((await host.lago.invoices.findInvoice(invoice.lago_id)).data.invoice).toEqual(invoice);
  });

  it('hold what everybody expects of their totals where prices are without tax', async () => {
    const invoice = await issue([setup({ units: 2 }), setup({ unit_amount_cents: 55 })]);
    expect(invoice).toMatchObject({
      fees_amount_cents: 20_055,
      sub_total_excluding_taxes_amount_cents: 20_055,
      taxes_amount_cents: 2_006,
      sub_total_including_taxes_amount_cents: 22_061,
      total_amount_cents: 22_061,
      total_due_amount_cents: 22_061,
      applied_taxes: [
        {
          lago_invoice_id: invoice.lago_id,
          lago_tax_id: null,
          tax_name: 'Flat rate Tax',
          tax_code: 'flat_rate_tax',
          tax_rate: 10,
          amount_cents: 2_006,
          amount_currency: 'USD',
          fees_amount_cents: 20_055,
          taxable_amount_cents: '20055',
          treatment: 'collected',
        },
      ],
    });
    expect(invoice.fees).toMatchObject([
      { amount_cents: 20_000, taxes_amount_cents: 2_000, taxes_rate: 10, total_amount_cents: 22_000 },
      { amount_cents: 55, taxes_amount_cents: 6, applied_taxes: [{ amount_cents: 6, tax_rate: 10 }] },
    ]);
  });

  it('show the tax that a price contains without adding it', async () => {
    const invoice = await issue([setup({ tax_included: true, unit_amount_cents: 1_100 }), setup()]);
    expect(invoice).toMatchObject({
      fees_amount_cents: 11_100,
      sub_total_excluding_taxes_amount_cents: 11_000,
      included_taxes_amount_cents: 100,
      taxes_amount_cents: 1_000,
      sub_total_including_taxes_amount_cents: 12_100,
      total_amount_cents: 12_100,
      applied_taxes: [
        { treatment: 'included', amount_cents: 100, tax_description: 'Included in the price' },
        { treatment: 'collected', amount_cents: 1_000, tax_description: null },
      ],
    });
    expect(invoice.fees![0]).toMatchObject({
      tax_included: true,
      amount_cents: 1_100,
      sub_total_excluding_taxes_amount_cents: 1_000,
      included_taxes_amount_cents: 100,
      taxes_amount_cents: 0,
      total_amount_cents: 1_100,
    });
  });

  it.each([
    [0.1, '0.1', 1_000],
    ['2.50', '2.5', 25_000],
    [undefined, '1', 10_000],
    [null, '1', 10_000],
    [1e-7, '0.0000001', 0],
    ['0.00005', '0.00005', 1],
    ['0.000049999', '0.000049999', 0],
    [0, '0', 0],
  ])('price %j units as %s', async (units, shown, amount_cents) => {
    const { fees } = await issue([setup({ units })]);
    expect(fees).toMatchObject([{ units: shown, amount_cents, precise_unit_amount: '100.00' }]);
  });

  it('multiply without the dust of floating point', async () => {
    // 1.005 × 100 is 100.49999999999999 in floating point
    const { fees } = await issue([setup({ unit_amount_cents: 100, units: 1.005 })]);
    expect(fees).toMatchObject([{ amount_cents: 101 }]);
  });

  it('say of a line what the caller says, and what the add-on says where the caller is silent', async () => {
    const said = { invoice_display_name: 'Onboarding', description: 'June 2026' };
    const period = { from_datetime: '2026-06-01T00:00:00Z', to_datetime: '2026-06-30T23:59:59+02:00' };
    const { fees } = await issue([setup({ ...said, ...period }), setup()]);
    expect(fees).toMatchObject([
      {
        description: 'June 2026',
        item: { type: 'add_on', code: 'setup', name: 'Setup', invoice_display_name: 'Onboarding' },
        from_date: '2026-06-01T00:00:00.000Z',
        to_date: '2026-06-30T21:59:59.000Z',
      },
      { description: 'Done once', item: { invoice_display_name: 'Setup (SF1)' }, from_date: null },
    ]);
  });

  it('stay as they are when the add-on is renamed', async () => {
    await host.lago.addOns.createAddOn({
      add_on: { code: 'before', name: 'Before', amount_cents: 1, amount_currency: 'USD' },
    });
    const issued = await issue([{ add_on_code: 'before' }]);
    await host.lago.addOns.updateAddOn('before', { add_on: { code: 'after', name: 'After', amount_cents: 2 } });
    expect((await host.lago.invoices.findInvoice(issued.lago_id)).data.invoice.fees).toEqual(issued.fees);
  });

  it('are paid already when there is nothing to pay', async () => {
    expect(await issue([setup({ units: 0 })])).toMatchObject({
      status: 'finalized',
      total_amount_cents: 0,
      payment_status: 'succeeded',
      applied_taxes: [],
    });
  });

  it('are numbered without gaps, also after a refusal', async () => {
    const first = await issue([setup()]);
    await refusalOf(issue([setup({ units: -1 })]));
    const issued = await Promise.all(Array.from({ length: 6 }, () => issue([setup()])));
    const sequence = (number: string) => Number(/^INV-2026-(\d{6})$/.exec(number)![1]);
    const after = issued.map((invoice) => sequence(invoice.number) - sequence(first.number));
    expect(after.toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6]);
    const ofCustomer = issued.map((invoice) => invoice.sequential_id! - first.sequential_id!);
    expect(ofCustomer.toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it("are issued on the day that it is at the customer's, and due after the customer's term", async () => {
    await host.lago.customers.createCustomer({
      customer: { external_id: 'denver', timezone: 'America/Denver', net_payment_term: 30 },
    });
    host.clock.set('2027-01-01T06:59:59Z');
    const fields = { external_customer_id: 'denver', currency: 'USD' as const };
    expect(await issue([setup()], fields)).toMatchObject({
      issuing_date: '2026-12-31',
      payment_due_date: '2027-01-30',
      net_payment_term: 30,
      number: expect.stringMatching(/^INV-2026-/),
    });
    expect(await issue([setup()])).toMatchObject({
      issuing_date: '2027-01-01',
      payment_due_date: '2027-01-01',
      number: expect.stringMatching(/^INV-2027-/),
    });
    host.clock.set('2026-03-15T12:00:00Z');
  });

  it('decide on the currency of a customer that has none', async () => {
    await host.lago.customers.createCustomer({ customer: { external_id: 'undecided' } });
    const fields = { external_customer_id: 'undecided' };
    expect(await refusalOf(issue([setup()], fields))).toMatchObject({
      error_details: { currency: ['value_is_mandatory'] },
    });
    expect(await issue([setup()], { ...fields, currency: 'USD' })).toMatchObject({ customer: { currency: 'USD' } });
    expect(await refusalOf(issue([setup({ unit_amount_cents: 1 })], { ...fields, currency: 'EUR' }))).toMatchObject({
      error_details: { currency: ['currencies_does_not_match'] },
    });
  });

  it('count in the units of their currency', async () => {
    await host.lago.customers.createCustomer({ customer: { external_id: 'tokyo', currency: 'JPY' } });
    const fields = { external_customer_id: 'tokyo' };
    const { fees } = await issue([setup({ unit_amount_cents: 1_050 })], fields);
    expect(fees).toMatchObject([{ amount_cents: 1_050, precise_unit_amount: '1050', taxes_amount_cents: 105 }]);
    // the add-on's 10,000 cents are not 10,000 yen
    expect(await refusalOf(issue([setup()], fields))).toMatchObject({
      error_details: { 'fees[0].unit_amount_cents': ['value_is_mandatory'] },
    });
  });

  it.each([
    [{ units: -1 }, { 'fees[0].units': ['value_is_out_of_range'] }],
    [{ units: '1e3' }, { 'fees[0].units': ['value_is_invalid'] }],
    [{ units: 'many' }, { 'fees[0].units': ['value_is_invalid'] }],
    [{ units: {} }, { 'fees[0].units': ['value_is_invalid'] }],
    [{ units: 2 ** 60 }, { 'fees[0].units': ['value_is_invalid'] }],
    [{ units: '9'.repeat(30) }, { 'fees[0].units': ['value_is_out_of_range'] }],
    [{ unit_amount_cents: 10.5 }, { 'fees[0].unit_amount_cents': ['value_is_invalid'] }],
    [{ unit_amount_cents: '100' }, { 'fees[0].unit_amount_cents': ['value_is_invalid'] }],
    [{ unit_amount_cents: -1 }, { 'fees[0].unit_amount_cents': ['value_is_out_of_range'] }],
    [{ unit_amount_cents: 2 ** 53 }, { 'fees[0].unit_amount_cents': ['value_is_out_of_range'] }],
    [{ tax_included: 'yes' }, { 'fees[0].tax_included': ['value_is_invalid'] }],
    [{ from_datetime: 'June' }, { 'fees[0].from_datetime': ['value_is_invalid'] }],
    [{ from_datetime: '2026-06-02', to_datetime: '2026-06-01' }, { 'fees[0].to_datetime': ['value_is_out_of_range'] }],
    [{ add_on_code: null }, { 'fees[0].add_on_code': ['value_is_mandatory'] }],
  ])('refuse a fee with %j', async (wrong, error_details) => {
    expect(await refusalOf(issue([setup(wrong)]))).toEqual({
      status: 422,
      error: 'Unprocessable Entity',
      code: 'validation_errors',
      error_details,
    });
  });

  it('refuse more lines than the database takes at once', async () => {
    expect(await refusalOf(issue(Array.from({ length: 5_001 }, () => setup())))).toMatchObject({
      error_details: { fees: ['value_is_too_long'] },
    });
  });

  it('refuse fees whose sum is beyond exact numbers', async () => {
    const most = setup({ unit_amount_cents: Number.MAX_SAFE_INTEGER });
    expect(await refusalOf(issue([most, most]))).toMatchObject({ error_details: { fees: ['value_is_out_of_range'] } });
  });

  it.each([
    ['customer_not_found', [setup()], { external_customer_id: 'nobody' }],
    ['add_on_not_found', [setup({ add_on_code: 'nothing' })], {}],
    ['fees_not_found', [], {}],
  ])('answer %s', async (code, fees, fields) => {
    expect(await refusalOf(issue(fees, fields))).toEqual({ status: 404, error: 'Not Found', code });
  });

  it.each(['nonsense', '00000000-0000-0000-0000-000000000000'])('are not found by the id %s', async (id) => {
    expect(await refusalOf(host.lago.invoices.findInvoice(id))).toMatchObject({ code: 'invoice_not_found' });
    expect(await refusalOf(host.lago.invoices.retryInvoice(id))).toMatchObject({ code: 'invoice_not_found' });
  });

  it('may have a thousand lines', async () => {
    const invoice = await issue(Array.from({ length: 1_000 }, (_, index) => setup({ unit_amount_cents: index })));
    expect(invoice.fees!.map((fee) => fee.amount_cents)).toEqual(Array.from({ length: 1_000 }, (_, index) => index));
    expect(invoice.fees_amount_cents).toBe(499_500);
  });
});

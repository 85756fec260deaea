import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { HostUnderTest } from '../support/host-under-test.js';

const NEW_YORK = {
  address_line1: '350 5th Ave',
  city: 'New York',
  state: 'NY',
  zipcode: '10118',
  country: 'US',
} as const;
const BERLIN = { address_line1: 'Unter den Linden 1', city: 'Berlin', zipcode: '10117', country: 'DE' } as const;

describe('an invoice of a customer that Anrok taxes', () => {
  let host: HostUnderTest;
  beforeAll(async () => {
    host = await HostUnderTest.start();
  });
  afterAll(() => host.close());

  type Invoice = Awaited<ReturnType<HostUnderTest['reload']>>;
  const transactionOf = ({ lago_id }: Invoice) => host.simulator.books.transaction(`host:invoice:${lago_id}`);
  const taxNames = (invoice: Invoice) => invoice.applied_taxes?.map((tax) => tax.tax_name);

  /** Whatever else it is about: the invoice has exactly Anrok's tax, and all its parts add up. */
  const expectAnroksTax = (invoice: Invoice) => {
    const booked = transactionOf(invoice);
    expect(invoice.status).toBe('finalized');
    expect(booked).toMatchObject({ state: 'normal', currency: invoice.currency });
    expect(invoice.taxes_amount_cents).toBe(booked?.taxAmountToCollect);
    expect(invoice.total_amount_cents).toBe(invoice.fees_amount_cents + invoice.taxes_amount_cents);
    const fees = invoice.fees ?? [];
    expect(fees.map((fee) => fee.taxes_amount_cents)).toEqual(booked?.lines.map((line) => line.taxAmountToCollect));
    const collected = (taxes: readonly object[] = []) =>
      (taxes as { amount_cents: number; treatment: string }[])
        .filter((tax) => tax.treatment === 'collected')
        .reduce((sum, tax) => sum + tax.amount_cents, 0);
    expect(collected(invoice.applied_taxes)).toBe(invoice.taxes_amount_cents);
    for (const fee of fees) expect(collected(fee.applied_taxes)).toBe(fee.taxes_amount_cents);
  };

  it('is pending until Anrok has it, and keeps the number that it was given', async () => {
    await host.customer('pending', NEW_YORK);
    const { data } = await host.lago.invoices.createInvoice({
      invoice: { external_customer_id: 'pending', fees: [{ add_on_code: 'pro' }] },
    });
    const created = data.invoice;
    expect(created).toMatchObject({ status: 'pending', taxes_amount_cents: 0, applied_taxes: [] });
    expect(host.simulator.books.transactions()).toEqual([]);
    await host.work();
    const finalized = await host.reload(created.lago_id);
    expectAnroksTax(finalized);
    expect(finalized.number).toBe(created.number);
  });

  it('in New York has the taxes of three jurisdictions, each by its name', async () => {
    await host.customer('hudson', NEW_YORK);
    const invoice = await host.invoice('hudson', {}, { add_on_code: 'setup', unit_amount_cents: 33_333, units: '3' });
    expectAnroksTax(invoice);
    expect(invoice.applied_taxes).toHaveLength(3);
    expect(new Set(taxNames(invoice)).size).toBe(3);
  });

  it('of a business in Germany with its VAT number has no tax, by reverse charge', async () => {
    await host.customer('spree', { ...BERLIN, currency: 'EUR', tax_identification_number: 'DE136695976' });
    const invoice = await host.invoice('spree', {});
    expectAnroksTax(invoice);
    expect(invoice).toMatchObject({ taxes_amount_cents: 0, applied_taxes: [{ tax_code: 'reverse_charge' }] });
    expect(transactionOf(invoice)?.taxIds).toEqual(['DE136695976']);
  });

  it('of a German without one has VAT', async () => {
    await host.customer('privat', { ...BERLIN, currency: 'EUR' });
    const invoice = await host.invoice('privat', {});
    expectAnroksTax(invoice);
    expect(invoice.taxes_amount_cents).toBe(22_800);
  });

  it('in Québec has two taxes', async () => {
    const address = { address_line1: '1001 Rue Sherbrooke', city: 'Montréal', state: 'QC', zipcode: 'H2L 1L3' };
    await host.customer('laurentides', { ...address, country: 'CA', currency: 'CAD' });
    const invoice = await host.invoice('laurentides', { unit_amount_cents: 10_001 });
    expectAnroksTax(invoice);
    expect(invoice.applied_taxes?.map((tax) => tax.amount_cents)).toEqual([500, 998]);
  });

  it('of an exempt customer says so', async () => {
    await host.customer('school', NEW_YORK);
    const certificate = await fetch(`${host.simulator.url}/v1/seller/certificates/create`, {
      method: 'POST',
      headers: { authorization: `Bearer ${host.simulator.apiKey}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        customerId: 'school',
        customerName: 'School',
        effectiveDateBegin: '2020-01-01',
        certificateFile: { name: 'c.pdf', contentsBase64: 'JVBERi0xLjQ=' },
        jurises: [{ jurisId: 'us-NY' }],
      }),
    });
    expect(await certificate.text()).toContain('id');
    const invoice = await host.invoice('school', {});
    expectAnroksTax(invoice);
    expect(invoice.taxes_amount_cents).toBe(0);
    expect(new Set(taxNames(invoice))).toEqual(new Set(['Customer exempt']));
  });

  it('with prices that include the tax takes it out of them', async () => {
    await host.customer('paris', { city: 'Paris', country: 'FR', currency: 'EUR' });
    const invoice = await host.invoice('paris', { tax_included: true }, {});
    expectAnroksTax(invoice);
    expect(invoice).toMatchObject({
      fees_amount_cents: 240_000,
      taxes_amount_cents: 24_000,
      included_taxes_amount_cents: 20_000,
      total_amount_cents: 264_000,
    });
  });

  it('in a currency without cents is taxed in whole yen', async () => {
    await host.customer('tokyo', { city: 'Tokyo', country: 'JP', currency: 'JPY' });
    const invoice = await host.invoice('tokyo', { unit_amount_cents: 1_005 });
    expectAnroksTax(invoice);
    expect(invoice.taxes_amount_cents).toBe(101);
  });

  it('is taxed at the shipping address, whole', async () => {
    await host.customer('ships', { ...NEW_YORK, shipping_address: { city: 'Berlin', country: 'DE' } });
    const invoice = await host.invoice('ships', {});
    expectAnroksTax(invoice);
    expect(transactionOf(invoice)?.address).toEqual({
      city: 'Berlin',
      country: 'DE',
      line1: null,
      region: null,
      postalCode: null,
    });
  });

  it('makes the customer known at Anrok', async () => {
    await host.customer('page', NEW_YORK);
    const integration = async () =>
      (await host.lago.customers.findCustomer('page')).data.customer.integration_customers;
    expect(await integration()).toEqual([
      expect.objectContaining({ type: 'anrok', integration_code: 'anrok', external_customer_id: null }),
    ]);
    await host.invoice('page', {});
    expect(await integration()).toEqual([expect.objectContaining({ external_customer_id: 'page' })]);
    expect(host.simulator.books.customers()).toContainEqual(expect.objectContaining({ id: 'page' }));
  });

  it('is recorded for the customer that Anrok has, when that is linked', async () => {
    const integration_customers = [
      { integration_type: 'anrok', integration_code: 'anrok', external_customer_id: 'acme-at-anrok' },
    ];
    await host.customer('linked', { ...NEW_YORK, integration_customers } as never);
    const invoice = await host.invoice('linked', {});
    expectAnroksTax(invoice);
    expect(transactionOf(invoice)?.customerId).toBe('acme-at-anrok');
  });

  it('of nothing is finalized without asking Anrok', async () => {
    await host.customer('gratis', NEW_YORK);
    host.simulator.calls.clear();
    const invoice = await host.invoice('gratis', { unit_amount_cents: 0 });
    expect(invoice).toMatchObject({ status: 'finalized', total_amount_cents: 0 });
    expect(host.simulator.calls.all()).toEqual([]);
  });
});

describe('the link to a customer’s page at Anrok', () => {
  const appUrl = 'https://app.anrok.example';
  let host: HostUnderTest;
  beforeAll(async () => {
    host = await HostUnderTest.fresh({ isConnected: true, appUrl });
    await host.stock('pro', 120_000, 'saas-business');
  });
  afterAll(() => host.close());

  const ties = async (external_id: string) =>
    (await host.lago.customers.findCustomer(external_id)).data.customer.integration_customers;

  it('is there once the first invoice has made the customer known', async () => {
    await host.customer('new', NEW_YORK);
    expect(await ties('new')).toMatchObject([{ external_customer_page: null }]);
    await host.invoice('new', {});
    expect(await ties('new')).toMatchObject([{ external_customer_page: `${appUrl}/sandbox/customers/new` }]);
  });

  it('is there at once for one that Anrok has already', async () => {
    const tie = { integration_type: 'anrok', integration_code: 'anrok', external_customer_id: 'acme-at-anrok' };
    await host.customer('imported', { ...NEW_YORK, integration_customers: [tie] } as never);
    const external_customer_page = `${appUrl}/sandbox/customers/acme-at-anrok`;
    expect(await ties('imported')).toMatchObject([{ external_customer_page }]);
  });
});

describe('an invoice of a customer that is not linked', () => {
  let host: HostUnderTest;
  beforeAll(async () => {
    host = await HostUnderTest.start();
  });
  afterAll(() => host.close());

  it('goes the same way and is taxed at the flat rate, at once', async () => {
    await host.customer('corner-shop', { ...NEW_YORK, integration_customers: [] });
    const { data } = await host.lago.invoices.createInvoice({
      invoice: { external_customer_id: 'corner-shop', fees: [{ add_on_code: 'setup' }] },
    });
    expect(data.invoice).toMatchObject({ status: 'finalized', taxes_amount_cents: 4_990, total_amount_cents: 54_890 });
    expect(await host.work()).toBe(0);
    expect(host.simulator.calls.all()).toEqual([]);
  });

  it('is taxed by Anrok from the moment that the customer is linked', async () => {
    await host.customer('grows', { ...NEW_YORK, integration_customers: [] });
    expect((await host.invoice('grows', {})).taxes_amount_cents).toBe(12_000);
    await host.customer('grows');
    const invoice = await host.invoice('grows', {});
    expect(invoice.applied_taxes).toHaveLength(3);
    expect(host.simulator.books.transactions()).toHaveLength(1);
  });
});

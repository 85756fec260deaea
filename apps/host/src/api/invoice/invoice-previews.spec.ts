import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { TaxAccount } from '@anrok-nest/tax';
import type { InvoicePreviewInput } from 'lago-javascript-client';
import {
  BilledPeriod,
  Customer,
  type CustomerIntegrationRequest,
  Fee,
  Invoice,
  NoCustomerIntegrations,
  Subscription,
} from '../../billing/index.js';
import { startHost, type TestHost } from '../testing/host.starter.js';
import { stock } from '../testing/invoicing.js';
import { refusalOf } from '../testing/lago-refusal.js';
import { ScriptedTaxStrategy } from '../testing/scripted.tax-strategy.js';
import { bill, charge, measure, plan, subscribe, use } from '../testing/subscribing.js';

/** Ties to a strategy `scripted`, whatever they are. */
class AnyIntegration extends NoCustomerIntegrations {
  override async accountOf([tie]: readonly CustomerIntegrationRequest[]): Promise<TaxAccount | null> {
    return tie ? { strategy: 'scripted', code: tie.integrationCode } : null;
  }
}

const BOULDER = {
  address_line1: '1777 Broadway',
  city: 'Boulder',
  state: 'CO',
  zipcode: '80302',
  country: 'US',
} as const;
const BERLIN = { city: 'Berlin', country: 'DE' } as const;

describe('the preview of an invoice', () => {
  const strategy = new ScriptedTaxStrategy();
  let host: TestHost;
  beforeAll(async () => {
    host = await startHost({ strategies: [strategy], integrations: new AnyIntegration() });
    await stock(host);
    const { lago_id: add_on_id } = (await host.lago.addOns.findAddOn('setup')).data.add_on;
    const requests = await measure(host);
    await plan(host, 'arrears', { charges: [charge(requests)], minimum_commitment: { amount_cents: 4_000 } });
    await plan(host, 'advance', {
      pay_in_advance: true,
      fixed_charges: [{ add_on_id, charge_model: 'standard', units: '1', pay_in_advance: true } as never],
    });
    await plan(host, 'euro', { amount_currency: 'EUR' });
    await plan(host, 'yearly', { interval: 'yearly' });
    host.clock.set('2026-03-01T00:00:00Z');
    await subscribe(host, 'arrears');
    await subscribe(host, 'advance');
    await subscribe(host, 'yearly');
    await bill(host);
    host.clock.set('2026-03-15T12:00:00Z');
    await use(host, 'arrears', '2026-03-05T00:00:00Z', 700_000);
  });
  beforeEach(() => {
    strategy.estimates();
    strategy.estimated.length = 0;
    strategy.settled.length = 0;
  });
  afterAll(() => host.close());

  type Given = Omit<InvoicePreviewInput, 'customer'> & { customer?: InvoicePreviewInput['customer'] };
  const preview = async ({ customer = { external_id: 'acme' }, ...given }: Given) =>
    (await host.lago.invoices.invoicePreview({ customer, ...given })).data.invoice;
  const codes = (invoice: Awaited<ReturnType<typeof preview>>) =>
    invoice.fees?.map(({ item, amount_cents, taxes_amount_cents }) => [item.type, amount_cents, taxes_amount_cents]);
  const everything = () =>
    host.inContext((em) =>
      Promise.all([Invoice, Fee, Subscription, Customer, BilledPeriod].map((entity) => em.count<object>(entity))),
    );

  it('of a new subscription that is paid in advance is the invoice of today', async () => {
    const before = await everything();
    const invoice = await preview({ plan_code: 'advance', billing_time: 'anniversary' });
    expect(invoice).toMatchObject({
      lago_id: null,
      number: null,
      status: 'draft',
      invoice_type: 'subscription',
      issuing_date: '2026-03-15',
      currency: 'USD',
      fees_amount_cents: 13_000,
      taxes_amount_cents: 1_300,
      total_amount_cents: 14_300,
      applied_taxes: [{ lago_id: null, amount_cents: 1_300 }],
      customer: { external_id: 'acme', city: 'Denver' },
      subscriptions: [{ plan_code: 'advance' }],
      billing_periods: [{ invoicing_reason: 'subscription_starting' }],
    });
    expect(codes(invoice)).toEqual([
      ['subscription', 3_000, 300],
      ['fixed_charge', 10_000, 1_000],
    ]);
    expect(invoice.fees).toMatchObject([{ lago_id: null }, { lago_id: null }]);
    expect(strategy.purposes.at(-1)).toBe('preview');
    expect(strategy.settled).toEqual([]);
    expect(await everything()).toEqual(before);
  });

  it.each([
    // the 15th to the 31st: 17 of 31 days, and as much of the minimum
    [{ billing_time: 'calendar' as const }, '2026-04-01', [1_645, 549]],
    [{}, '2026-04-01', [1_645, 549]],
    [{ billing_time: 'anniversary' as const }, '2026-04-15', [3_000, 1_000]],
    [{ subscription_at: '2026-05-01T00:00:00Z' }, '2026-06-01', [3_000, 1_000]],
  ])('of a new subscription that is paid in arrears, %j, is the invoice of %s', async (given, issued, amounts) => {
    const invoice = await preview({ plan_code: 'arrears', ...given });
    expect(invoice.issuing_date).toBe(issued);
    expect(invoice.fees?.map((fee) => fee.amount_cents)).toEqual(amounts);
  });

  it('of subscriptions that are there is their next invoice, with what was used so far', async () => {
    const invoice = await preview({ subscriptions: { external_ids: ['arrears', 'advance'] } });
    expect(invoice).toMatchObject({
      issuing_date: '2026-04-01',
      subscriptions: [{ external_id: 'arrears' }, { external_id: 'advance' }],
    });
    expect(codes(invoice)).toEqual([
      ['subscription', 3_000, 300],
      ['charge', 140_000, 14_000],
      ['subscription', 3_000, 300],
      ['fixed_charge', 10_000, 1_000],
    ]);
  });

  it('of one that would end is its last invoice', async () => {
    const subscriptions = { external_ids: ['arrears'], terminated_at: '2026-03-20T10:00:00Z' };
    const invoice = await preview({ subscriptions });
    expect(invoice.issuing_date).toBe('2026-03-21');
    expect(codes(invoice)).toEqual([
      ['subscription', 1_935, 194],
      ['charge', 140_000, 14_000],
    ]);
    const found = await host.lago.subscriptions.findSubscription('arrears');
    expect(found.data.subscription).toMatchObject({ status: 'active', terminated_at: null });
  });

  it('is of the day that the grace period gives', async () => {
    await host.lago.customers.createCustomer({
      customer: { external_id: 'graced', currency: 'USD', billing_configuration: { invoice_grace_period: 3 } },
    });
    const invoice = await preview({ customer: { external_id: 'graced' }, plan_code: 'advance' });
    expect(invoice.issuing_date).toBe('2026-03-18');
  });

  describe('for a customer', () => {
    const taxed = () => strategy.estimated.at(-1)!.customer;
    const stored = async () => (await host.lago.customers.findCustomer('acme')).data.customer;

    it('that is there takes what is given, and leaves the rest and the customer as they are', async () => {
      await host.lago.customers.createCustomer({ customer: { external_id: 'acme', shipping_address: BERLIN } });
      const before = await stored();
      await preview({ plan_code: 'arrears', customer: { external_id: 'acme', ...BOULDER } });
      expect(taxed()).toMatchObject({
        id: 'acme',
        name: 'Acme',
        billingAddress: { city: 'Boulder', postalCode: '80302' },
        shippingAddress: { city: 'Berlin', country: 'DE' },
      });
      await preview({
        plan_code: 'arrears',
        customer: { external_id: 'acme', shipping_address: { city: 'Paris' }, tax_identification_number: 'FR1' },
      });
      // whole: Paris is not in Germany
      expect(taxed()).toMatchObject({ billingAddress: { city: 'Denver' }, shippingAddress: { city: 'Paris' } });
      expect(taxed().shippingAddress).not.toHaveProperty('country');
      expect(taxed().taxIds).toEqual(['FR1']);
      expect(taxed()).not.toHaveProperty('account');
      expect(await stored()).toEqual(before);
    });

    it('that is only described has no id, and is taxed by what is said', async () => {
      const customer = { name: 'Prospect', ...BOULDER, tax_identification_number: 'DE1' };
      const invoice = await preview({ plan_code: 'arrears', customer });
      expect(taxed()).toEqual({
        id: expect.stringMatching(/\w/),
        name: 'Prospect',
        billingAddress: { line1: '1777 Broadway', city: 'Boulder', region: 'CO', postalCode: '80302', country: 'US' },
        taxIds: ['DE1'],
      });
      expect(invoice).toMatchObject({
        taxes_amount_cents: 220,
        customer: { lago_id: null, external_id: null, name: 'Prospect' },
        fees: [{ external_customer_id: null }, { external_customer_id: null }],
      });
    });

    it('with a tie comes with the account that it would be taxed over', async () => {
      const integration_customers = [{ integration_type: 'anrok' as const, integration_code: 'us' }];
      await preview({ plan_code: 'arrears', customer: { name: 'Prospect', ...BOULDER, integration_customers } });
      expect(taxed().account).toEqual({ strategy: 'scripted', code: 'us' });
    });
  });

  it('is an error, not zero tax, when there is no answer', async () => {
    strategy.refusesToEstimate();
    expect(await refusalOf(preview({ plan_code: 'arrears' }))).toMatchObject({
      status: 422,
      error_details: { tax_error: [expect.stringContaining('address_not_found')], remedy: [expect.any(String)] },
    });
  });

  it.each<[string, Given, object]>([
    ['a plan', { plan_code: 'gone' }, { status: 404, code: 'plan_not_found' }],
    ['a customer', { plan_code: 'arrears', customer: { external_id: 'gone' } }, { code: 'customer_not_found' }],
    ['a subscription', { subscriptions: { external_ids: ['arrears', 'gone'] } }, { code: 'subscription_not_found' }],
    [
      'a subscription of somebody else',
      { subscriptions: { external_ids: ['arrears'] }, customer: { name: 'Prospect' } },
      { code: 'subscription_not_found' },
    ],
  ])('of %s that is not there is not found', async (_, given, refusal) => {
    expect(await refusalOf(preview(given))).toMatchObject(refusal);
  });

  it.each<[Given, object]>([
    [{}, { plan_code: ['value_is_mandatory'] }],
    [{ plan_code: 'arrears', subscriptions: { external_ids: ['arrears'] } }, { plan_code: ['value_is_invalid'] }],
    [{ plan_code: 'euro' }, { currency: ['currencies_does_not_match'] }],
    [
      { subscriptions: { external_ids: ['arrears', 'yearly'] } },
      { 'subscriptions.external_ids': ['billing_periods_does_not_match'] },
    ],
    [{ subscriptions: { external_ids: [] } }, { 'subscriptions.external_ids': ['value_is_mandatory'] }],
    [
      { subscriptions: { external_ids: ['arrears'], terminated_at: '2026-03-14T00:00:00Z' } },
      { 'subscriptions.terminated_at': ['value_is_out_of_range'] },
    ],
    // to leave out what this billing can't do would be to answer wrongly
    [{ plan_code: 'arrears', coupons: [{ code: 'spring' }] }, { coupons: ['feature_not_available'] }],
    [
      { subscriptions: { external_ids: ['arrears'], plan_code: 'advance' } },
      { 'subscriptions.plan_code': ['feature_not_available'] },
    ],
    [{ plan_code: 'arrears', customer: null as never }, { customer: ['value_is_mandatory'] }],
  ])('of %j is refused', async (given, error_details) => {
    expect(await refusalOf(preview(given))).toMatchObject({ status: 422, error_details });
  });
});

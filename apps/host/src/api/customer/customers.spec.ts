import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CustomerCreateInput } from 'lago-javascript-client';
import { refusalOf } from '../testing/lago-refusal.js';
import { startHost, type TestHost } from '../testing/host.starter.js';

type CustomerFields = Partial<CustomerCreateInput['customer']>;

describe('customers', () => {
  let host: TestHost;
  beforeAll(async () => {
    host = await startHost();
  });
  afterAll(() => host.close());

  const save = async (external_id: string, fields: CustomerFields = {}) =>
    (await host.lago.customers.createCustomer({ customer: { external_id, ...fields } })).data.customer;
  const refused = (external_id: string, fields: object) => refusalOf(save(external_id, fields));
  const invalid = (error_details: object) => ({
    status: 422,
    error: 'Unprocessable Entity',
    code: 'validation_errors',
    error_details,
  });

  it('come back as they were given', async () => {
    const given = {
      customer_type: 'company' as const,
      name: 'Acme',
      firstname: 'Ada',
      lastname: 'Lovelace',
      legal_name: 'Acme Incorporated',
      legal_number: '49-008-2965',
      email: 'billing@acme.test',
      phone: '+1 171 883 3711',
      url: 'https://acme.test',
      logo_url: 'https://acme.test/logo.png',
      currency: 'USD' as const,
      timezone: 'America/Denver' as const,
      tax_identification_number: 'EU123456789',
      net_payment_term: 30,
      billing_configuration: { invoice_grace_period: 3 },
      address_line1: '1450 Cherokee St',
      address_line2: 'Floor 2',
      city: 'Denver',
      state: 'CO',
      zipcode: '80204',
      country: 'US' as const,
      shipping_address: { address_line1: '12 Rue de la Paix', city: 'Paris', zipcode: '75002', country: 'FR' as const },
    };
    const saved = await save('all-fields', given);
    expect(saved).toMatchObject({ external_id: 'all-fields', applicable_timezone: 'America/Denver', ...given });
    expect((await host.lago.customers.findCustomer('all-fields')).data.customer).toEqual(saved);
  });

  it('keep what an update does not mention, and lose what it sets to null or blank', async () => {
    const before = await save('partial', {
      name: 'Acme',
      email: 'a@acme.test',
      city: 'Denver',
      state: 'CO',
      shipping_address: { city: 'Paris', country: 'FR' },
    });
    const after = await save('partial', { email: null, city: '', state: 'UT', shipping_address: { country: 'BE' } });
    expect(after).toEqual({
      ...before,
      email: null,
      city: null,
      state: 'UT',
      shipping_address: { ...before.shipping_address, country: 'BE' },
      updated_at: expect.any(String),
    });
  });

  it('are numbered in the order of their creation', async () => {
    const first = await save('first');
    const second = await save('second');
    await save('first', { name: 'again' });
    expect(second.sequential_id).toBe(first.sequential_id + 1);
    expect(second.slug).toBe(`CUS-${String(second.sequential_id).padStart(6, '0')}`);
  });

  it('are made once, however many ask for the same at the same moment', async () => {
    const together = <T>(ask: (index: number) => Promise<T>) =>
      Promise.all(Array.from({ length: 8 }, (_, i) => ask(i)));
    // a first round opens the connections: they would come one after the other otherwise, and so would the requests
    await together((index) => save(`single-${index}`));
    const saved = await together((index) => save('twins', { name: `Twin ${index}` }));
    expect(new Set(saved.map((customer) => customer.lago_id)).size).toBe(1);
  });

  it('may have a country in small letters', async () => {
    expect((await save('small-country', { country: 'de' as never })).country).toBe('DE');
  });

  it('may carry fields of features that are not there', async () => {
    const fields = { metadata: [{ key: 'a', value: 'b' }], tax_codes: ['vat'] };
    expect(await save('many-features', fields)).toMatchObject({ external_id: 'many-features', metadata: [] });
  });

  it.each([
    [{ external_id: undefined }, { external_id: ['value_is_mandatory'] }],
    [{ external_id: ' ' }, { external_id: ['value_is_mandatory'] }],
    [{ external_id: 7 }, { external_id: ['value_is_invalid'] }],
    [{ name: 7 }, { name: ['value_is_invalid'] }],
    [{ name: 'x'.repeat(256) }, { name: ['value_is_too_long'] }],
    [{ name: 'a\0b' }, { name: ['value_is_invalid'] }],
    [{ name: 'half a pair: \ud83d' }, { name: ['value_is_invalid'] }],
    [{ email: 'nobody' }, { email: ['invalid_email_format'] }],
    [{ country: 'Germany' }, { country: ['not_a_valid_country_code'] }],
    [{ currency: 'XYZ' }, { currency: ['value_is_invalid'] }],
    [{ timezone: 'Mars/Olympus' }, { timezone: ['value_is_invalid'] }],
    [{ net_payment_term: -1 }, { net_payment_term: ['value_is_out_of_range'] }],
    [{ net_payment_term: '30' }, { net_payment_term: ['value_is_invalid'] }],
    [
      { billing_configuration: { invoice_grace_period: 366 } },
      { 'billing_configuration.invoice_grace_period': ['value_is_out_of_range'] },
    ],
    [{ shipping_address: 'Paris' }, { shipping_address: ['value_is_invalid'] }],
    [
      { shipping_address: { city: 1, country: 'XX' } },
      { 'shipping_address.city': ['value_is_invalid'], 'shipping_address.country': ['not_a_valid_country_code'] },
    ],
    [{ integration_customers: {} }, { integration_customers: ['value_is_invalid'] }],
    [{ integration_customers: [null] }, { integration_customers: ['value_is_invalid'] }],
    [{ integration_customers: ['anrok'] }, { integration_customers: ['value_is_invalid'] }],
    [{ integration_customers: [[{}]] }, { integration_customers: ['value_is_invalid'] }],
    [
      { integration_customers: [{ integration_type: 'anrok', sync_with_provider: 'yes' }] },
      {
        'integration_customers[0].integration_code': ['value_is_mandatory'],
        'integration_customers[0].sync_with_provider': ['value_is_invalid'],
      },
    ],
  ])('refuse %j', async (wrong, error_details) => {
    expect(await refused('wrong', wrong)).toEqual(invalid(error_details));
  });

  it('can not be tied to systems that the host does not know', async () => {
    const integration_customers = [{ integration_type: 'anrok', integration_code: 'anrok-us' }];
    expect(await refused('tied', { integration_customers })).toEqual(
      invalid({ integration_customers: ['integration_not_available'] }),
    );
    expect(await refusalOf(host.lago.customers.findCustomer('tied'))).toMatchObject({ code: 'customer_not_found' });
    expect(await save('untied', { integration_customers: [] })).toMatchObject({ integration_customers: [] });
  });

  it('keep their currency once they have a wallet', async () => {
    await save('prepaid', { currency: 'USD' });
    const wallet = { external_customer_id: 'prepaid', rate_amount: '1', currency: 'USD' as const };
    await host.lago.wallets.createWallet({ wallet });
    expect(await refused('prepaid', { currency: 'EUR' })).toEqual(invalid({ currency: ['currencies_does_not_match'] }));
    expect((await save('prepaid', { currency: 'USD' })).currency).toBe('USD');
  });

  it('keep their currency once they have an invoice', async () => {
    await host.lago.addOns.createAddOn({
      add_on: { code: 'setup', name: 'Setup', amount_cents: 100, amount_currency: 'USD' },
    });
    await save('invoiced', { currency: 'EUR' });
    expect((await save('invoiced', { currency: 'USD' })).currency).toBe('USD');
    await host.lago.invoices.createInvoice({
      invoice: { external_customer_id: 'invoiced', fees: [{ add_on_code: 'setup' }] },
    });
    expect(await refused('invoiced', { currency: 'EUR' })).toEqual(
      invalid({ currency: ['currencies_does_not_match'] }),
    );
    expect((await save('invoiced', { currency: 'USD' })).currency).toBe('USD');
  });

  it.each([
    ['nobody', { status: 404, error: 'Not Found', code: 'customer_not_found' }],
    ['%00', { status: 404, error: 'Not Found', code: 'customer_not_found' }],
    ['%ED%A0%80', { status: 400, error: expect.stringMatching(/^BadRequest: /) }],
  ])('are not found by %s when nobody is called that', async (id, refusal) => {
    expect(await refusalOf(host.lago.customers.findCustomer(id))).toEqual(refusal);
  });
});

describe('the list of customers', () => {
  let host: TestHost;
  beforeAll(async () => {
    host = await startHost();
    for (const external_id of ['a', 'b', 'c', 'd', 'e'])
      await host.lago.customers.createCustomer({ customer: { external_id } });
  });
  afterAll(() => host.close());

  it('comes in pages, newest first', async () => {
    const page = async (page: number) => {
      const { customers, meta } = (await host.lago.customers.findAllCustomers({ page, per_page: 2 })).data;
      return { ids: customers.map((customer) => customer.external_id), meta };
    };
    const common = { total_pages: 3, total_count: 5 };
    expect(await page(1)).toEqual({
      ids: ['e', 'd'],
      meta: { current_page: 1, prev_page: null, next_page: 2, ...common },
    });
    expect(await page(3)).toEqual({ ids: ['a'], meta: { current_page: 3, prev_page: 2, next_page: null, ...common } });
    expect((await page(9)).ids).toEqual([]);
  });

  it.each([{ page: 0 }, { page: 'two' }, { per_page: 1001 }, { page: '99999999999999999999' }])(
    'refuses %j',
    async (query) => {
      expect(await refusalOf(host.lago.customers.findAllCustomers(query as never))).toMatchObject({ status: 422 });
    },
  );
});

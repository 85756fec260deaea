import type { TestHost } from './host.starter.js';

/** Customer `acme` in Denver, paying in USD, and add-on `setup` over USD 100.00. */
export async function stock(host: TestHost): Promise<void> {
  await host.lago.customers.createCustomer({
    customer: {
      external_id: 'acme',
      name: 'Acme',
      currency: 'USD',
      address_line1: '1450 Cherokee St',
      city: 'Denver',
      state: 'CO',
      zipcode: '80204',
      country: 'US',
    },
  });
  await host.lago.addOns.createAddOn({
    add_on: { code: 'setup', name: 'Setup', amount_cents: 10_000, amount_currency: 'USD' },
  });
}

/** One unit of `setup` for `acme`, unless the fees say otherwise. */
export async function invoice(host: TestHost, fees: object[] = [{}]) {
  const { data } = await host.lago.invoices.createInvoice({
    invoice: { external_customer_id: 'acme', fees: fees.map((fee) => ({ add_on_code: 'setup', ...fee })) },
  });
  return data.invoice;
}

export async function reload(host: TestHost, { lago_id }: { lago_id: string }) {
  return (await host.lago.invoices.findInvoice(lago_id)).data.invoice;
}

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

type Caller = Pick<TestHost, 'lago'>;
type Issued = Awaited<ReturnType<typeof invoice>>;

/** What a credit note over these amounts of the invoice's fees is asked for with: its items, and all of it as credit. */
export async function creditOf(host: Caller, { lago_id, fees = [] }: Issued, amounts?: readonly number[]) {
  const items = fees
    .map((fee, index) => ({ fee_id: fee.lago_id!, amount_cents: amounts ? (amounts[index] ?? 0) : fee.amount_cents }))
    .filter((item) => item.amount_cents > 0);
  const { data } = await host.lago.creditNotes.estimateCreditNote({ credit_note: { invoice_id: lago_id, items } });
  return { invoice_id: lago_id, items, credit_amount_cents: data.estimated_credit_note.max_creditable_amount_cents };
}

/** A credit note over these amounts of the invoice's fees, in their order; over all of them when absent. */
export async function credit(host: Caller, issued: Issued, amounts?: readonly number[]) {
  const { data } = await host.lago.creditNotes.createCreditNote({ credit_note: await creditOf(host, issued, amounts) });
  return data.credit_note;
}

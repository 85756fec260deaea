import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type {
  AddOnObject,
  CustomerObjectExtended,
  ErrorDetailObject,
  FeeAppliedTaxObject,
  FeeObject,
  InvoiceAppliedTaxObject,
  InvoiceObjectExtended,
  PaginationMeta,
} from 'lago-javascript-client';
import { startHost, type TestHost } from './testing/host.starter.js';
import { invoice, stock } from './testing/invoicing.js';

/** Every property that a type of the official client requires; the compiler sees to it that none is forgotten here. */
type RequiredOf<T> = Record<{ [K in keyof T]-?: undefined extends T[K] ? never : K }[keyof T], true>;
const required = <T>(properties: RequiredOf<T>) => Object.keys(properties);

const appliedTax = {
  lago_id: true,
  lago_tax_id: true,
  tax_name: true,
  tax_code: true,
  tax_rate: true,
  tax_description: true,
  amount_cents: true,
  amount_currency: true,
  created_at: true,
} as const;

const REQUIRED = {
  add_on: required<AddOnObject>({
    lago_id: true,
    name: true,
    invoice_display_name: true,
    code: true,
    amount_cents: true,
    amount_currency: true,
    description: true,
    created_at: true,
  }),
  customer: required<CustomerObjectExtended>({
    lago_id: true,
    sequential_id: true,
    slug: true,
    external_id: true,
    applicable_timezone: true,
    created_at: true,
  }),
  invoice: required<InvoiceObjectExtended>({
    lago_id: true,
    billing_entity_code: true,
    number: true,
    issuing_date: true,
    invoice_type: true,
    status: true,
    payment_status: true,
    currency: true,
    fees_amount_cents: true,
    coupons_amount_cents: true,
    credit_notes_amount_cents: true,
    sub_total_excluding_taxes_amount_cents: true,
    taxes_amount_cents: true,
    sub_total_including_taxes_amount_cents: true,
    prepaid_credit_amount_cents: true,
    progressive_billing_credit_amount_cents: true,
    total_amount_cents: true,
    version_number: true,
    created_at: true,
    updated_at: true,
  }),
  fee: required<FeeObject>({
    amount_cents: true,
    amount_currency: true,
    taxes_amount_cents: true,
    taxes_rate: true,
    units: true,
    precise_unit_amount: true,
    total_aggregated_units: true,
    total_amount_cents: true,
    total_amount_currency: true,
    pay_in_advance: true,
    invoiceable: true,
    payment_status: true,
    sub_total_excluding_taxes_amount_cents: true,
    sub_total_excluding_taxes_precise_amount_cents: true,
    item: true,
  }),
  'item of a fee': required<FeeObject['item']>({
    type: true,
    code: true,
    name: true,
    lago_item_id: true,
    item_type: true,
  }),
  'tax of a fee': required<FeeAppliedTaxObject>(appliedTax),
  'tax of an invoice': required<InvoiceAppliedTaxObject>(appliedTax),
  'error detail': required<ErrorDetailObject>({ lago_id: true, error_code: true, details: true }),
  'meta of a list': required<PaginationMeta>({ current_page: true, total_pages: true, total_count: true }),
};

describe('everything that the official client requires is there', () => {
  let shown: Record<keyof typeof REQUIRED, object | undefined>;
  let hosts: TestHost[];
  beforeAll(async () => {
    hosts = [await startHost(), await startHost({ strategies: [] })];
    const [host, withoutStrategy] = hosts as [TestHost, TestHost];
    await Promise.all(hosts.map(stock));
    const issued = await invoice(host);
    const fee = issued.fees?.[0];
    shown = {
      add_on: (await host.lago.addOns.findAddOn('setup')).data.add_on,
      customer: (await host.lago.customers.findCustomer('acme')).data.customer,
      invoice: issued,
      fee,
      'item of a fee': fee?.item,
      'tax of a fee': fee?.applied_taxes?.[0],
      'tax of an invoice': issued.applied_taxes?.[0],
      'error detail': (await invoice(withoutStrategy)).error_details?.[0],
      'meta of a list': (await host.lago.invoices.findAllInvoices()).data.meta,
    };
  });
  afterAll(async () => {
    for (const host of hosts) await host.close();
  });

  it.each(Object.keys(REQUIRED) as (keyof typeof REQUIRED)[])('%s', (name) => {
    expect(Object.keys(shown[name] ?? {})).toEqual(expect.arrayContaining(REQUIRED[name]));
  });
});

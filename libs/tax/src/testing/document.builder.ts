import type { TaxableLine, TaxDocument } from '../tax-document.js';

/** A line that any strategy can tax; say only what the test is about. */
export function aLine(line: Partial<TaxableLine> = {}): TaxableLine {
  return { id: 'line-1', item: { type: 'add_on', id: 'setup' }, amount: 10_000, taxIncluded: false, ...line };
}

/** An invoice over USD 100.00 to a customer in Denver; say only what the test is about. */
export function anInvoice(document: Partial<TaxDocument> = {}): TaxDocument {
  return {
    kind: 'invoice',
    id: 'inv-1',
    currency: 'USD',
    accountingDate: '2026-03-15',
    customer: {
      id: 'cus-1',
      name: 'Acme Inc',
      taxIds: [],
      billingAddress: {
        line1: '1450 Cherokee St',
        city: 'Denver',
        region: 'CO',
        postalCode: '80204',
        country: 'US',
      },
    },
    lines: [aLine()],
    ...document,
  };
}

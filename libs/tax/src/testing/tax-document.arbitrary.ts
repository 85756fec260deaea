import fc from 'fast-check';
import type { TaxableLine, TaxDocument } from '../tax-document.js';
import { aLine, anInvoice } from './document.builder.js';

const amount = fc.oneof(
  fc.integer({ min: -1_000_000_000, max: 1_000_000_000 }),
  fc.constantFrom(0, 1, -1, 5, 10, 99, 101),
);

const lines: fc.Arbitrary<TaxableLine[]> = fc
  .array(fc.record({ amount, taxIncluded: fc.boolean() }), { minLength: 0, maxLength: 12 })
  .map((drafts) => drafts.map((draft, index) => aLine({ id: `line-${index + 1}`, ...draft })));

/** Invoices of any sign and size, in currencies of 0, 2 and 3 decimals, prices with and without tax. */
export const anyInvoice: fc.Arbitrary<TaxDocument> = fc
  .record({ currency: fc.constantFrom('USD', 'JPY', 'KWD'), lines })
  .map((draft) => anInvoice(draft));

import type { TaxDocument } from '@anrok-nest/tax';
import { aLine, anInvoice } from '@anrok-nest/tax/testing';
import { describe, expect, it } from '@jest/globals';
import { documentVersion } from './document-version.js';

describe('the version of a document', () => {
  it('does not depend on the order in which properties stand, as a database may change it', () => {
    const backwards = (value: unknown): unknown =>
      Array.isArray(value)
        ? value.map(backwards)
        : typeof value === 'object' && value !== null
          ? Object.fromEntries(
              Object.entries(value)
                .toReversed()
                .map(([key, part]) => [key, backwards(part)]),
            )
          : value;
    const document = anInvoice();
    expect(JSON.stringify(backwards(document))).not.toBe(JSON.stringify(document));
    expect(documentVersion(backwards(document) as TaxDocument)).toBe(documentVersion(document));
  });

  it.each<[string, Partial<TaxDocument>]>([
    ['date', { accountingDate: '2026-03-16' }],
    ['currency', { currency: 'EUR' }],
    ['customer', { customer: { ...anInvoice().customer, taxIds: ['DE123'] } }],
    ['address', { customer: { ...anInvoice().customer, billingAddress: { city: 'Boulder' } } }],
    ['amount', { lines: [aLine({ amount: 10_001 })] }],
    ['tax in the price', { lines: [aLine({ taxIncluded: true })] }],
    ['order of lines', { lines: [aLine({ id: 'b' }), aLine({ id: 'a' })] }],
  ])('changes with its %s', (_, changes) => {
    const before = anInvoice({ lines: changes.lines?.length === 2 ? changes.lines.toReversed() : [aLine()] });
    expect(documentVersion({ ...before, ...changes })).not.toBe(documentVersion(before));
  });
});

import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type TaxCalculation, type TaxedLine, toCalculation } from '@anrok-nest/tax';
import { assertTaxAsCharged } from './credited-tax.js';
import type { CreditPiece } from './to-credit-transactions.js';

const NOTE = {
  id: 'cn-1',
  creditedInvoiceId: 'inv-1',
  lines: [
    { id: 'own', creditedLineId: 'line-1', item: { type: 'add_on', id: 'setup' }, amount: -1, taxIncluded: false },
  ],
};

function piece(amount: number): CreditPiece {
  return { ...NOTE.lines[0]!, amount, lineId: 'own' };
}

/** A line with as many taxes, which are added to its amount. */
function taxed(id: string, amount: number, tax: number, taxes = 1): TaxCalculation {
  const one = { name: 'Denver', taxName: 'Tax', rate: '0.0481', taxableAmount: '0', exactTaxAmount: '0' };
  const jurisdictions = Array.from({ length: taxes }, () => ({
    ...one,
    taxAmount: 0,
    treatment: 'collected' as const,
  }));
  const line: TaxedLine = {
    id,
    amount,
    preTaxAmount: amount,
    taxAmountToCollect: tax,
    taxIncludedAmount: 0,
    jurisdictions,
  };
  return toCalculation('anrok', 'USD', [line]);
}

const check = (amount: number, given: TaxCalculation, charged: TaxCalculation) => () =>
  assertTaxAsCharged(NOTE, [piece(amount)], given, charged);

describe('the tax of a credit note', () => {
  it.each([
    // charged on 10,000, credited, taxes, given back, whether it is the same tax
    [481, -10_000, 1, -481, true],
    [481, -10_000, 1, -480, true],
    [481, -10_000, 1, -479, false],
    [481, -10_000, 2, -479, true],
    [481, -5_000, 1, -240, true],
    [481, -5_000, 1, -481, false],
    [481, -10_000, 0, 0, false],
    [481, 3_333, 1, 160, true],
    [481, 3_333, 0, 0, false],
    // too little to be taxed by a cent, and just enough
    [481, -10, 0, 0, true],
    [481, -11, 0, 0, false],
    [481, -11, 1, 0, true],
    [0, -10_000, 1, 0, true],
    [0, -10_000, 1, -1, false],
  ])('charged as %i on 10,000 may be, on %i and with %i taxes, %i: %s', (charged, amount, taxes, given, isSame) => {
    const asked = check(
      amount,
      taxed('own', amount, given, taxes),
      taxed('line-1', 10_000, charged, Math.max(1, taxes)),
    );
    if (isSame) expect(asked).not.toThrow();
    else expect(asked).toThrow(expect.objectContaining({ code: 'credit_tax_differs' }));
  });

  it('is the same wherever each of its taxes was computed at the rate of then, and rounded', () => {
    const cases = fc.record({
      rates: fc.array(fc.integer({ min: 1, max: 2_500 }), { minLength: 1, maxLength: 5 }),
      amount: fc.oneof(fc.integer({ min: 1, max: 100 }), fc.integer({ min: 1, max: 10_000_000 })),
      part: fc.double({ min: 0, max: 1, noNaN: true }),
      isEach: fc.boolean(),
    });
    fc.assert(
      fc.property(cases, ({ rates, amount, part, isEach }) => {
        const taxOn = (on: number) => {
          const taxes = rates.map((rate) => (on * rate) / 10_000);
          const sum = (all: readonly number[]) => all.reduce((total, one) => total + one, 0);
          return isEach ? sum(taxes.map((tax) => Math.round(tax))) : Math.round(sum(taxes));
        };
        const to = Math.max(1, Math.round(amount * part));
        const given = taxed('own', -to, -taxOn(to), rates.length);
        check(-to, given, taxed('line-1', amount, taxOn(amount), rates.length))();
      }),
      { numRuns: 1_000 },
    );
  });
});

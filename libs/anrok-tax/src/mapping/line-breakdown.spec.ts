import { describe, expect, it } from '@jest/globals';
import { Decimal, roundToMinorUnits, sumOf } from '@anrok-nest/tax';
import fc from 'fast-check';
import { breakDown } from './line-breakdown.js';

const split = (tax: number, ...exact: string[]) =>
  breakDown(tax, exact, 'collected').map((part) => (part.treatment === 'paidBySeller' ? 'seller' : part.taxAmount));

describe('breakDown', () => {
  it.each([
    ['a single tax', 722, ['721.5'], [722]],
    ['several taxes', 889, ['400', '450', '38.5'], [400, 450, 39]],
    ['halves, where rounding each would add a cent', 3, ['1.5', '1.5'], [2, 1]],
    ['a credit', -889, ['-400', '-450', '-38.5'], [-400, -450, -39]],
    ['a line where the seller pays all', 0, ['290', '481'], ['seller', 'seller']],
    ['a line where the seller pays the city', 400, ['400', '350'], [400, 'seller']],
    ['a line where the seller pays the state', 350, ['400', '350'], ['seller', 350]],
    ['a line where the seller pays one of three', 750, ['400', '125.4', '350'], [400, 'seller', 350]],
    ['two alike taxes of which the seller pays one', 400, ['400', '400'], [400, 'seller']],
    ['no tax', 0, [], []],
    ['taxes of nothing', 0, ['0', '0'], [0, 0]],
    ['an amount that no choice explains', 1000, ['100', '100'], [500, 500]],
  ] as const)('splits %s', (_, tax, exact, parts) => {
    expect(split(tax, ...exact)).toEqual(parts);
  });

  it('adds up to the tax exactly, and keeps every part within a unit of its exact amount', () => {
    const amount = fc.integer({ min: 1, max: 10_000_000 }).map((n) => new Decimal(n).shiftedBy(-4));
    fc.assert(
      fc.property(fc.array(amount, { minLength: 1, maxLength: 8 }), fc.constantFrom(1, -1), (amounts, sign) => {
        const exact = amounts.map((one) => one.times(sign));
        const tax = roundToMinorUnits(exact.reduce((a, b) => a.plus(b)));
        fc.pre(tax !== 0);
        const parts = breakDown(
          tax,
          exact.map((one) => one.toFixed()),
          'collected',
        );
        expect(sumOf(parts.map((part) => part.taxAmount))).toBe(tax);
        parts.forEach((part, index) => expect(exact[index]!.minus(part.taxAmount).abs().lte(1)).toBe(true));
      }),
    );
  });

  it('has the customer pay those taxes that come closest to the amount, of equals the earlier ones', () => {
    const cents = fc.nat({ max: 30 }).map((n) => new Decimal(n).shiftedBy(-1).toFixed());
    fc.assert(
      fc.property(fc.array(cents, { minLength: 1, maxLength: 5 }), fc.integer({ min: -2, max: 9 }), (exact, tax) => {
        const seller = breakDown(tax, exact, 'collected').map(({ treatment }) => treatment === 'paidBySeller');
        expect(seller).toEqual(exact.map((_, index) => !closest(tax, exact).includes(index)));
      }),
      { numRuns: 500 },
    );
  });
});

/** The same, by trying every choice and nothing else. */
function closest(tax: number, exact: readonly string[]): readonly number[] {
  const everyone = [...exact.keys()];
  const choices = Array.from({ length: 2 ** exact.length }, (_, bits) => everyone.filter((at) => bits & (1 << at)));
  const distance = (choice: readonly number[]) =>
    choice
      .reduce((rest, at) => rest.minus(exact[at]!), new Decimal(tax))
      .abs()
      .toNumber();
  if (distance(everyone) < 1) return everyone;
  if (tax === 0) return [];
  const [best] = choices.slice(1).toSorted((a, b) => distance(a) - distance(b));
  return best && distance(best) < 1 ? best : everyone;
}

import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { apportion } from './apportion.js';
import { Decimal } from './decimal.js';

const decimals = (...texts: string[]) => texts.map((text) => new Decimal(text));
const weight = fc
  .tuple(fc.bigInt({ min: 0n, max: 10n ** 15n }), fc.integer({ min: 0, max: 12 }))
  .map(([digits, places]) => new Decimal(digits.toString()).shiftedBy(-places));
const weights = fc.array(weight, { minLength: 1, maxLength: 40 });
const total = fc.integer({ min: -1_000_000_000_000, max: 1_000_000_000_000 });
const sum = (parts: readonly number[]) => parts.reduce((a, b) => a + b, 0);

describe('apportion', () => {
  it.each([
    [722, ['721.5'], [722]],
    [100, ['1', '1', '1'], [34, 33, 33]],
    [-100, ['-1', '-1', '-1'], [-34, -33, -33]],
    [5, ['0.5', '1.5', '3.5'], [1, 1, 3]],
    [2, ['0', '0', '0'], [1, 1, 0]],
    [0, ['3', '4'], [0, 0]],
    [0, [], []],
    [1, ['0.0000000001', '99999999999'], [0, 1]],
  ])('splits %i over %j into %j', (amount, over, parts) => {
    expect(apportion(amount, decimals(...over))).toEqual(parts);
  });

  it('adds up to the total exactly', () => {
    fc.assert(fc.property(total, weights, (amount, over) => expect(sum(apportion(amount, over))).toBe(amount)));
  });

  it('stays less than one unit away from every exact share', () => {
    fc.assert(
      fc.property(total, weights, (amount, over) => {
        const whole = over.reduce((a, b) => a.plus(b), new Decimal(0));
        fc.pre(!whole.isZero());
        apportion(amount, over).forEach((part, index) => {
          const share = over[index]!.times(amount);
          expect(whole.times(part).minus(share).abs().lt(whole)).toBe(true);
        });
      }),
    );
  });

  it('mirrors under negation, so that a credit splits as its invoice did', () => {
    fc.assert(
      fc.property(total, weights, (amount, over) => {
        const mirrored = apportion(
          amount === 0 ? 0 : -amount,
          over.map((one) => one.negated()),
        );
        expect(mirrored.map((part) => (part === 0 ? 0 : -part))).toEqual(apportion(amount, over));
      }),
    );
  });

  it('splits over a thousand lines to the unit', () => {
    const over = Array.from({ length: 1000 }, (_, index) => new Decimal(index + 1).dividedBy(7));
    expect(sum(apportion(99_999_999, over))).toBe(99_999_999);
  });

  it('refuses to make money vanish', () => {
    expect(() => apportion(1, [])).toThrow(expect.objectContaining({ code: 'invalid_amount' }));
  });

  it.each([
    ['cancel out', 1, ['1', '-1']],
    ['nearly do, where shares would be many times the total', 2, ['1000', '-999']],
  ])('refuses weights of both signs, which %s', (_, amount, over) => {
    expect(() => apportion(amount, decimals(...over))).toThrow(expect.objectContaining({ code: 'invalid_amount' }));
  });

  it('refuses fractions and numbers that a double does not hold', () => {
    for (const amount of [0.5, Number.NaN, Infinity, 2 ** 53])
      expect(() => apportion(amount, decimals('1'))).toThrow(expect.objectContaining({ code: 'invalid_amount' }));
  });
});

import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Interval, lengthOf, takeIntervals } from './credit-intervals.js';

/** As Anrok rounds a line: halves away from zero. */
const tax = (amount: number, rate: number) => Math.floor((2 * amount * rate + 1e9) / 2e9);
const taxOf = (intervals: readonly Interval[], rate: number) =>
  intervals.reduce((sum, [from, to]) => sum + tax(to, rate) - tax(from, rate), 0);

describe('takeIntervals', () => {
  it.each([
    ['starts at the beginning', 100, [], 30, [[0, 30]]],
    ['goes on after what is taken', 100, [[0, 30]], 30, [[30, 60]]],
    [
      'takes the rest',
      100,
      [
        [0, 30],
        [30, 60],
      ],
      40,
      [[60, 100]],
    ],
    [
      'fills the gap that a voided credit left, and goes on',
      100,
      [[30, 60]],
      50,
      [
        [0, 30],
        [60, 80],
      ],
    ],
    ['takes everything', 100, [], 100, [[0, 100]]],
    ['refuses more than is left', 100, [[0, 30]], 71, undefined],
    ['refuses to credit a line without an amount', 0, [], 1, undefined],
  ] as [string, number, Interval[], number, Interval[] | undefined][])('%s', (_, amount, taken, wanted, expected) => {
    expect(takeIntervals(amount, taken, wanted)).toEqual(expected);
  });

  it('never gives back more tax than was charged, and all of it once all is credited, whatever the splits and voids', () => {
    const history = fc.record({
      amount: fc.integer({ min: 1, max: 2_000 }),
      rate: fc.integer({ min: 0, max: 300_000_000 }),
      acts: fc.array(fc.record({ share: fc.double({ min: 0, max: 1, noNaN: true }), voids: fc.nat() }), {
        minLength: 1,
        maxLength: 12,
      }),
    });
    fc.assert(
      fc.property(history, ({ amount, rate, acts }) => {
        const credits: Interval[][] = [];
        const credit = (wanted: number) => {
          const intervals = takeIntervals(amount, credits.flat(), wanted);
          expect(intervals && lengthOf(intervals)).toBe(wanted);
          credits.push(intervals!);
        };
        const left = () => amount - lengthOf(credits.flat());
        for (const { share, voids } of acts) {
          if (voids % 3 === 0 && credits.length > 0) credits.splice(voids % credits.length, 1);
          const wanted = Math.ceil(left() * share);
          if (wanted > 0) credit(wanted);
          expect(taxOf(credits.flat(), rate)).toBeLessThanOrEqual(tax(amount, rate));
          for (const one of credits) expect(taxOf(one, rate)).toBeGreaterThanOrEqual(0);
        }
        if (left() > 0) credit(left());
        expect(taxOf(credits.flat(), rate)).toBe(tax(amount, rate));
      }),
      { numRuns: 2_000 },
    );
  });
});

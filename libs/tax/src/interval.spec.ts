import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { firstOf, gapsIn, type Interval, lengthOf, taxOn } from './interval.js';
import { sumOf } from './money.js';

describe('intervals of an amount', () => {
  it.each<[taken: Interval[], left: Interval[]]>([
    [[], [[0, 10]]],
    [[[0, 10]], []],
    [[[0, 3]], [[3, 10]]],
    [[[7, 10]], [[0, 7]]],
    // of what was more than 10 then
    [[[12, 15]], [[0, 10]]],
    [
      [
        [3, 8],
        [8, 20],
      ],
      [[0, 3]],
    ],
    // in any order
    [
      [
        [6, 8],
        [0, 2],
      ],
      [
        [2, 6],
        [8, 10],
      ],
    ],
    // side by side
    [
      [
        [2, 4],
        [4, 6],
      ],
      [
        [0, 2],
        [6, 10],
      ],
    ],
  ])('leave of 10, when %j are taken, %j', (taken, left) => {
    expect(gapsIn(10, taken)).toEqual(left);
  });

  it.each<[length: number, first: Interval[]]>([
    [0, []],
    [1, [[0, 1]]],
    [2, [[0, 2]]],
    [
      3,
      [
        [0, 2],
        [5, 6],
      ],
    ],
    [
      9,
      [
        [0, 2],
        [5, 8],
      ],
    ],
  ])('begin, for the first %i of [0, 2] and [5, 8], with %j', (length, first) => {
    const intervals: Interval[] = [
      [0, 2],
      [5, 8],
    ];
    expect(firstOf(intervals, length)).toEqual(first);
  });
});

describe('the tax on a part of a fee', () => {
  it.each([
    [[[0, 10_000]], 881],
    [[[0, 5_000]], 441], // 440.5 away from zero
    [[[5_000, 10_000]], 440],
    [[[0, 1]], 0],
    [
      [
        [0, 2_500],
        [7_500, 10_000],
      ],
      440, // 220 and 881 − 661
    ],
  ] as [Interval[], number][])('of 100.00 with 8.81 of tax is, on %j, %i cents', (intervals, tax) => {
    expect(taxOn(intervals, 881, 10_000)).toBe(tax);
  });

  it('is exact where numbers are large and halves are near', () => {
    const amount = Number.MAX_SAFE_INTEGER;
    // (amount − 1) / 2 / amount is just below a half, (amount + 1) / 2 / amount just above it
    expect(taxOn([[0, (amount - 1) / 2]], 1, amount)).toBe(0);
    expect(taxOn([[0, (amount + 1) / 2]], 1, amount)).toBe(1);
    expect(taxOn([[0, amount - 1]], amount, amount)).toBe(amount - 1);
  });
});

/** What happens to the credits of a fee: a part of what is left is taken, or one of the credits is voided. */
const happenings = fc.array(
  fc.oneof(
    fc.record({ take: fc.double({ min: 0, max: 1, noNaN: true }) }),
    fc.record({ void: fc.nat() }),
    fc.constant({ take: 1 }),
  ),
  { maxLength: 40 },
);

describe('credits of a fee, whatever happens to them', () => {
  const anyFee = fc
    .tuple(fc.integer({ min: 1, max: 1_000_000 }), fc.integer({ min: 0, max: 300_000 }))
    .map(([amount, tax]) => ({ amount, tax }));
  const small = fc
    .tuple(fc.integer({ min: 1, max: 12 }), fc.nat({ max: 15 }))
    .map(([amount, tax]) => ({ amount, tax }));
  const huge = fc
    .tuple(fc.maxSafeNat(), fc.maxSafeNat())
    .map(([amount, tax]) => ({ amount: Math.max(amount, 1), tax: Math.min(tax, amount) }));

  it('never overlap, never have more tax than was charged, and have all of it when nothing is left', () => {
    fc.assert(
      fc.property(fc.oneof(anyFee, small, huge), happenings, ({ amount, tax }, happenings) => {
        let inForce: Interval[][] = [];
        for (const happening of happenings) {
          const left = gapsIn(amount, inForce.flat());
          if ('void' in happening) inForce = inForce.filter((_, index) => index !== happening.void % inForce.length);
          else {
            const wanted = Math.ceil(lengthOf(left) * happening.take);
            const taken = firstOf(left, Math.min(wanted, lengthOf(left)));
            if (inForce.length === 0 && taken.length > 0) expect(taken).toEqual([[0, lengthOf(taken)]]);
            if (taken.length > 0) inForce.push(taken);
          }
          const taxes = inForce.map((intervals) => taxOn(intervals, tax, amount));
          expect(taxes.every((part) => part >= 0)).toBe(true);
          expect(sumOf(taxes)).toBeLessThanOrEqual(tax);
          const rest = gapsIn(amount, inForce.flat());
          expect(lengthOf(rest) + lengthOf(inForce.flat())).toBe(amount);
          // what is left has what is left of the tax, to the cent
          expect(taxOn(rest, tax, amount) + sumOf(taxes)).toBe(tax);
          if (rest.length === 0) expect(sumOf(taxes)).toBe(tax);
        }
      }),
      { numRuns: 500 },
    );
  });
});

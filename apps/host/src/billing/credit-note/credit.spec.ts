import { describe, expect, it } from '@jest/globals';
import { type Interval, sumOf } from '@anrok-nest/tax';
import fc from 'fast-check';
import type { Fee } from '../invoice/invoice.entity.js';
import { creditableOf, spreadOver, toCredits, totalOf } from './credit.js';

const fee = (id: string, amountCents: number, taxesAmountCents = 0, includedTaxesAmountCents = 0) =>
  ({ id, amountCents, taxesAmountCents, includedTaxesAmountCents }) as Fee;
const NONE = new Map<string, Interval[]>();
const [a, b] = [fee('a', 10_000, 881), fee('b', 1_100, 0, 100)];

describe('credits', () => {
  const ask = (wanted: [feeId: string, amountCents: number][], taken: ReadonlyMap<string, Interval[]> = NONE) =>
    toCredits(
      wanted.map(([feeId, amountCents]) => ({ feeId, amountCents })),
      [a, b],
      creditableOf([a, b], taken),
    );

  it('have the tax of their part: on top, or contained', () => {
    expect(
      ask([
        ['b', 550],
        ['a', 10_000],
      ]),
    ).toEqual([
      { fee: b, amountCents: 550, intervals: [[0, 550]], ownTaxesAmountCents: 0, ownIncludedTaxesAmountCents: 50 },
      {
        fee: a,
        amountCents: 10_000,
        intervals: [[0, 10_000]],
        ownTaxesAmountCents: 881,
        ownIncludedTaxesAmountCents: 0,
      },
    ]);
  });

  it('take what others left', () => {
    const taken = new Map<string, Interval[]>([
      [
        'a',
        [
          [0, 2_500],
          [5_000, 7_500],
        ],
      ],
    ]);
    expect(ask([['a', 3_000]], taken)).toMatchObject([
      {
        intervals: [
          [2_500, 5_000],
          [7_500, 8_000],
        ],
      },
    ]);
  });

  it('name every amount that is more than is left, and a fee that is asked for twice', () => {
    const refused = () =>
      ask(
        [
          ['a', 9_001],
          ['b', 1_101],
          ['a', 1],
        ],
        new Map([['a', [[0, 1_000]]]]),
      );
    expect(refused).toThrow(
      expect.objectContaining({
        fields: {
          'items[0].amountCents': ['higher_than_remaining_fee_amount'],
          'items[1].amountCents': ['higher_than_remaining_fee_amount'],
          'items[2].feeId': ['value_already_exist'],
        },
      }),
    );
  });

  it('are of fees of the invoice', () => {
    expect(() => ask([['c', 1]])).toThrow(expect.objectContaining({ resource: 'fee' }));
  });
});

describe('a sum that is spread over what is left', () => {
  it('is in proportion to it', () => {
    expect(spreadOver(creditableOf([a, b], NONE), 1_198)).toMatchObject([
      { fee: a, amountCents: 1_000, ownTaxesAmountCents: 88 },
      { fee: b, amountCents: 110, ownTaxesAmountCents: 0, ownIncludedTaxesAmountCents: 10 },
    ]);
  });

  const anyFees = fc
    .array(fc.record({ amount: fc.integer({ min: 0, max: 2_000 }), tax: fc.nat({ max: 500 }), taken: fc.nat() }), {
      minLength: 1,
      maxLength: 6,
    })
    .map((drafts) => ({
      // a fee of nothing is taxed with nothing
      fees: drafts.map(({ amount, tax }, index) => fee(String(index), amount, amount && tax)),
      taken: new Map(
        drafts.map(({ amount, taken }, index) => [String(index), [[0, taken % (amount + 1)]] as Interval[]]),
      ),
    }));

  it('adds up to it exactly, and takes of no fee and of no tax more than is left', () => {
    fc.assert(
      fc.property(anyFees, fc.nat(), ({ fees, taken }, seed) => {
        const creditable = creditableOf(fees, taken);
        const most = sumOf(creditable.map(totalOf));
        fc.pre(most > 0);
        const total = (seed % most) + 1;
        const credits = spreadOver(creditable, total);
        expect(sumOf(credits.map(totalOf))).toBe(total);
        for (const { fee, amountCents, ownTaxesAmountCents } of credits) {
          const left = creditable.find((one) => one.fee === fee)!;
          expect(amountCents).toBeLessThanOrEqual(left.amountCents);
          expect(ownTaxesAmountCents).toBeLessThanOrEqual(left.ownTaxesAmountCents);
          expect(Math.min(amountCents, ownTaxesAmountCents)).toBeGreaterThanOrEqual(0);
        }
        if (total === most) expect(credits).toEqual(creditable);
      }),
      { numRuns: 500 },
    );
  });
});

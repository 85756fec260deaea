import { describe, expect, it } from '@jest/globals';
import type { AnrokComputedLine } from '@anrok-nest/client';
import { Decimal, roundToMinorUnits } from '@anrok-nest/tax';
import { aLine, anInvoice, expectToAddUp } from '@anrok-nest/tax/testing';
import fc from 'fast-check';
import { toTaxCalculation } from '../mapping/to-tax-calculation.js';
import { atAmount } from './effective-rates.js';
import type { KnownLine } from './known-answer.js';

interface Levy {
  readonly rate: string;
  /** Of the price, that the rate applies to. */
  readonly share: string;
  readonly paidBySeller?: boolean;
}

const sum = (values: readonly Decimal[]) => values.reduce((total, value) => total.plus(value), new Decimal(0));

/** How Anrok taxes a line, written down a second time: exact, but for prices that include tax and what is collected. */
function taxed(amount: number, taxIncluded: boolean, levies: readonly Levy[]): AnrokComputedLine {
  const weights = levies.map(({ rate, share }) => new Decimal(rate).times(share));
  const preTax = taxIncluded
    ? new Decimal(amount).dividedBy(sum(weights).plus(1)).decimalPlaces(4)
    : new Decimal(amount);
  const inside = new Decimal(amount).minus(preTax);
  let [weight, given] = [new Decimal(0), new Decimal(0)];
  const included = weights.map((each) => {
    weight = weight.plus(each);
    const part = inside.times(weight).dividedBy(sum(weights)).decimalPlaces(4).minus(given);
    given = given.plus(part);
    return part;
  });
  const taxes = weights.map((weight, index) => (taxIncluded ? included[index]! : preTax.times(weight)));
  return {
    id: 'line-1',
    taxAmountToCollect: taxIncluded ? 0 : roundToMinorUnits(sum(taxes.filter((_, at) => !levies[at]!.paidBySeller))),
    preTaxAmount: preTax.toFixed(),
    jurises: [
      { name: 'State', taxes: null, notTaxedReason: { type: 'exempt', reason: { type: 'customerExempt' } } },
      ...levies.map(({ rate, share }, index) => ({
        name: 'Authority',
        taxes: [
          {
            taxName: 'Tax',
            taxRate: rate,
            taxableAmount: preTax.times(share).toFixed(),
            taxAmount: taxes[index]!.toFixed(),
          },
        ],
        notTaxedReason: null,
      })),
    ],
  };
}

const known = (amount: number, taxIncluded: boolean, levies: readonly Levy[]): KnownLine => ({
  kind: 'saas',
  amount,
  taxIncluded,
  answer: taxed(amount, taxIncluded, levies),
});

const levy = fc.record({
  rate: fc.integer({ min: 1, max: 300_000 }).map((millionths) => new Decimal(millionths).shiftedBy(-6).toFixed()),
  share: fc.constantFrom('1', '1', '0.8', '0.5', '0.333'),
  paidBySeller: fc.constantFrom(false, false, false, true),
});
const amount = fc
  .oneof(fc.integer({ min: -10_000_000_000, max: 10_000_000_000 }), fc.integer({ min: -2_000, max: 2_000 }))
  .filter((value) => value !== 0);
const sale = fc.record({
  levies: fc.array(levy, { maxLength: 5 }),
  taxIncluded: fc.boolean(),
  before: amount,
  after: amount,
});

describe('the rates of an earlier answer', () => {
  it('give to the cent what Anrok would answer to another amount, or nothing', () => {
    let answered = 0;
    fc.assert(
      fc.property(sale, ({ levies, taxIncluded, before, after }) => {
        const answer = atAmount(known(before, taxIncluded, levies), after);
        if (!answer) return;
        answered++;
        const { id: _, ...asked } = taxed(after, taxIncluded, levies);
        expect(answer).toEqual(asked);
      }),
      { numRuns: 3_000 },
    );
    expect(answered).toBeGreaterThan(2_000);
  });

  it('make calculations that add up, of any sign and size', () => {
    fc.assert(
      fc.property(sale, fc.constantFrom('USD', 'JPY', 'KWD'), ({ levies, taxIncluded, before, after }, currency) => {
        const answer = atAmount(known(before, taxIncluded, levies), after);
        if (!answer) return;
        const document = anInvoice({ currency, lines: [aLine({ amount: after, taxIncluded })] });
        const { taxAmountToCollect } = answer;
        const calculation = toTaxCalculation(document, [
          { taxAmountToCollect, lineItems: [{ ...answer, id: 'line-1' }] },
        ]);
        expectToAddUp(document, calculation, 'anrok');
      }),
      { numRuns: 1_000 },
    );
  });

  it('give no tax against the sign of a price that includes it, however small they are', () => {
    const small = [
      { rate: '0.015684', share: '1' },
      { rate: '0.020531', share: '0.5' },
      { rate: '0.000011', share: '0.8' },
      { rate: '0.000002', share: '1' },
      { rate: '0.000016', share: '0.333' },
    ];
    const taxes = atAmount(known(-1, true, small), 6)!.jurises.flatMap((juris) => juris.taxes ?? []);
    expect(taxes.map(({ taxAmount }) => taxAmount)).toEqual(['0.0918', '0.06', '0.0001', '0', '0']);
  });

  it('are known at every amount from an answer to some dollars', () => {
    const newYork = [
      { rate: '0.04', share: '1' },
      { rate: '0.045', share: '1' },
      { rate: '0.00375', share: '1' },
    ];
    for (const after of [-1, 1, 99, 12_345, 10_000_000_000])
      expect(atAmount(known(1_000, false, newYork), after)).toBeDefined();
  });

  it('round a line once, halves away from zero', () => {
    const denver = [{ rate: '0.0481', share: '1' }];
    expect(atAmount(known(10_000, false, denver), 15_000)).toMatchObject({ taxAmountToCollect: 722 }); // of 721.5
    expect(atAmount(known(10_000, false, denver), -15_000)).toMatchObject({ taxAmountToCollect: -722 });
  });

  it('keep why there is no tax, and that there is none', () => {
    expect(atAmount(known(1, false, []), 1_000_000)).toEqual({
      taxAmountToCollect: 0,
      preTaxAmount: '1000000',
      jurises: [{ name: 'State', taxes: null, notTaxedReason: { type: 'exempt', reason: { type: 'customerExempt' } } }],
    });
  });

  it('keep apart what is collected and what the seller pays', () => {
    const juneau = [{ rate: '0.05', share: '1', paidBySeller: true }];
    expect(atAmount(known(10_000, false, juneau), 1_000_000)).toMatchObject({ taxAmountToCollect: 0 });
  });

  it('are not guessed from an answer of cents, where a tax that the seller pays looks like one that rounds to zero', () => {
    const denver = [{ rate: '0.0481', share: '1' }];
    expect(atAmount(known(5, false, denver), 100_000)).toBeUndefined();
    expect(atAmount(known(5, false, denver), 6)).toMatchObject({ taxAmountToCollect: 0 });
  });

  it('are not used where they do not explain the answer', () => {
    const capped = { ...taxed(10_000, false, [{ rate: '0.05', share: '1' }]), taxAmountToCollect: 36 };
    expect(atAmount({ kind: 'saas', amount: 10_000, taxIncluded: false, answer: capped }, 20_000)).toBeUndefined();
    const inside = { ...taxed(10_000, true, [{ rate: '0.05', share: '1' }]), preTaxAmount: '9000' };
    expect(atAmount({ kind: 'saas', amount: 10_000, taxIncluded: true, answer: inside }, 20_000)).toBeUndefined();
  });
});

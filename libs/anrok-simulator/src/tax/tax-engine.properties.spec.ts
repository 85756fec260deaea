import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { aLineToTax, AUSTIN, BIRMINGHAM, circumstancesAt, HOUSTON, JUNEAU, NEW_YORK } from '../testing/line.builder.js';
import { toCalculationAnswer } from '../wire/transaction.answer.js';
import type { Address } from './address.resolution.js';
import { Decimal, sumOf } from './decimal.js';
import type { ProductTaxCategoryId } from './product-tax-category.js';
import { taxLine } from './tax-engine.js';

const anyPlace = fc.constantFrom<Partial<Address>>(
  AUSTIN,
  HOUSTON,
  NEW_YORK,
  BIRMINGHAM,
  JUNEAU,
  { region: 'CO', city: 'Denver' },
  { country: 'CA', region: 'QC' },
  { country: 'JP' },
  { region: 'FL' },
);
const anyLine = fc
  .record({
    amount: fc.integer({ min: -100_000_000_000, max: 100_000_000_000 }),
    taxIncluded: fc.boolean(),
    category: fc.constantFrom<ProductTaxCategoryId>('saasBusiness', 'physicalGoods', 'professionalServices'),
  })
  .map(aLineToTax);

describe('any line', () => {
  it('collects the rounded sum of its taxes but for those that the seller pays', () => {
    fc.assert(
      fc.property(anyPlace, anyLine, (place, line) => {
        const taxed = taxLine({ ...line, taxIncluded: false }, circumstancesAt(place));
        const collected = taxed.jurisdictions
          .filter(({ name, notTaxedReason }) => !notTaxedReason && !/Birmingham|Juneau/.test(name))
          .map(({ tax }) => tax!.taxAmount);
        expect(taxed.taxAmountToCollect).toBe(sumOf(collected).integerValue(Decimal.ROUND_HALF_UP).toNumber() + 0);
      }),
    );
  });

  it('with tax included adds up to its price exactly and collects nothing', () => {
    fc.assert(
      fc.property(anyPlace, anyLine, (place, line) => {
        const taxed = taxLine({ ...line, taxIncluded: true }, circumstancesAt(place));
        const taxes = taxed.jurisdictions.map(({ notTaxedReason, tax }) => (notTaxedReason ? '0' : tax!.taxAmount));
        expect(sumOf([taxed.preTaxAmount, ...taxes]).toNumber()).toBe(line.amount);
        expect(taxed.taxAmountToCollect).toBe(0);
      }),
    );
  });

  it('mirrors: the tax on the negative amount is the negative tax', () => {
    fc.assert(
      fc.property(anyPlace, anyLine, (place, line) => {
        const texts = (amount: number) => {
          const taxed = taxLine({ ...line, amount }, circumstancesAt(place));
          return [taxed.preTaxAmount, ...taxed.jurisdictions.map(({ tax }) => tax?.taxAmount ?? '0')];
        };
        const mirrored = texts(0 - line.amount).map((text) => new Decimal(text).negated().plus(0).toFixed());
        expect(mirrored).toEqual(texts(line.amount).map((text) => new Decimal(text).plus(0).toFixed()));
      }),
    );
  });

  it('writes decimals plainly: no exponent, no minus before zero', () => {
    fc.assert(
      fc.property(anyPlace, anyLine, (place, line) => {
        const { lineItems, preTaxAmount } = toCalculationAnswer([taxLine(line, circumstancesAt(place))]);
        const taxes = lineItems.flatMap(({ jurises }) => jurises).flatMap((juris) => juris.taxes ?? []);
        const texts = taxes.flatMap(({ taxAmount, taxableAmount, taxRate }) => [taxAmount, taxableAmount, taxRate]);
        for (const text of [preTaxAmount, ...texts])
          expect(text).toMatch(/^(0|-?(0\.\d*[1-9]|[1-9]\d*(\.\d*[1-9])?))$/);
      }),
    );
  });
});

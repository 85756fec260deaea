import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { FlatRateTaxStrategy } from './flat-rate.tax-strategy.js';
import type { JurisdictionTax } from './jurisdiction-tax.js';
import { sumOf } from './money.js';
import { summarizeTaxes } from './tax-summary.js';
import { anyInvoice } from './testing/index.js';

const tax = (changes: Partial<JurisdictionTax>): JurisdictionTax => ({
  name: 'Colorado',
  taxName: 'Tax',
  rate: '0.029',
  taxableAmount: '10000',
  exactTaxAmount: '290',
  taxAmount: 290,
  treatment: 'collected',
  ...changes,
});
const line = (id: string, amount: number, jurisdictions: JurisdictionTax[]) => ({
  id,
  amount,
  preTaxAmount: amount,
  taxAmountToCollect: 0,
  taxIncludedAmount: 0,
  jurisdictions,
});

describe('summarizeTaxes', () => {
  it('keeps two jurisdictions of one rate, and one jurisdiction of two rates, apart', () => {
    const summary = summarizeTaxes({
      lines: [
        line('a', 10_000, [tax({}), tax({ name: 'Denver' })]),
        line('b', 5_000, [tax({ taxableAmount: '5000', taxAmount: 145 }), tax({ rate: '0.01', taxAmount: 50 })]),
      ],
    });
    expect(
      // prettier-ignore
      summary.map((tax) => [tax.name, tax.rate, tax.taxAmount, tax.linesAmount, tax.taxableAmount]),
    ).toEqual([
      ['Colorado', '0.029', 435, 15_000, '15000'],
      ['Denver', '0.029', 290, 10_000, '10000'],
      ['Colorado', '0.01', 50, 5_000, '10000'],
    ]);
  });

  it('counts a line once where two alike taxes stand on it', () => {
    const [only] = summarizeTaxes({ lines: [line('a', 10_000, [tax({}), tax({})])] });
    expect(only).toMatchObject({ taxAmount: 580, linesAmount: 10_000 });
  });

  it('adds up to the tax of the document', async () => {
    const strategy = new FlatRateTaxStrategy({ rate: '0.0825' });
    await fc.assert(
      fc.asyncProperty(anyInvoice, async (document) => {
        const calculation = await strategy.estimate(document);
        const taxes = summarizeTaxes(calculation).map((summary) => summary.taxAmount);
        expect(sumOf(taxes)).toBe(sumOf([calculation.taxAmountToCollect, calculation.taxIncludedAmount]));
      }),
    );
  });
});

import { expect } from '@jest/globals';
import { sumOf, type TaxCalculation, type TaxDocument, type TaxedLine } from '@anrok-nest/tax';

/** Of any length: an amount of 30 digits, taken at another amount, has more. */
const PLAIN_DECIMAL = /^-?\d+(\.\d+)?$/;

/**
 * What holds of every calculation, whatever Anrok answered: it is about the document's lines, its amounts are whole
 * and add up, its texts are decimals. That the breakdown also comes near to the exact taxes is for answers that make
 * sense: `expectToAddUp`.
 */
export function expectExactSums({ lines }: Pick<TaxDocument, 'lines'>, answer: TaxCalculation): void {
  expect(answer.lines.map(({ id, amount }) => [id, amount])).toEqual(
    // minus zero is zero
    lines.map(({ id, amount }) => [id, amount + 0]),
  );
  answer.lines.forEach(expectExactLine);
  // refuses what is no whole number, NaN too
  const total = (amount: (line: TaxedLine) => number) => sumOf(answer.lines.map(amount));
  const { preTaxAmount, taxAmountToCollect, taxIncludedAmount, totalAmount } = answer;
  expect([preTaxAmount, taxAmountToCollect, taxIncludedAmount, totalAmount]).toEqual([
    total((line) => line.preTaxAmount),
    total((line) => line.taxAmountToCollect),
    total((line) => line.taxIncludedAmount),
    sumOf([preTaxAmount, taxAmountToCollect, taxIncludedAmount]),
  ]);
}

function expectExactLine({ amount, preTaxAmount, taxAmountToCollect, taxIncludedAmount, jurisdictions }: TaxedLine) {
  const taxOf = (treatment: string) =>
    sumOf(jurisdictions.filter((tax) => tax.treatment === treatment).map(({ taxAmount }) => taxAmount));
  expect(sumOf([preTaxAmount, taxIncludedAmount])).toBe(amount);
  expect([taxOf('collected'), taxOf('included')]).toEqual([taxAmountToCollect + 0, taxIncludedAmount + 0]);
  for (const { rate, taxableAmount, exactTaxAmount } of jurisdictions)
    expect([rate, taxableAmount, exactTaxAmount].filter((text) => !PLAIN_DECIMAL.test(text))).toEqual([]);
}

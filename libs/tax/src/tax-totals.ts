import type { MinorUnits } from './money.js';
import { sumOf } from './money.js';
import type { TaxAccuracy, TaxCalculation, TaxedLine } from './tax-calculation.js';

/** Makes the answer from its lines, so that totals are their sums by construction. */
export function toCalculation(
  strategy: string,
  currency: string,
  lines: readonly TaxedLine[],
  accuracy: TaxAccuracy = 'exact',
): TaxCalculation {
  const total = (amount: (line: TaxedLine) => MinorUnits) => sumOf(lines.map(amount));
  const preTaxAmount = total((line) => line.preTaxAmount);
  const taxAmountToCollect = total((line) => line.taxAmountToCollect);
  const taxIncludedAmount = total((line) => line.taxIncludedAmount);
  const totalAmount = sumOf([preTaxAmount, taxAmountToCollect, taxIncludedAmount]);
  return { strategy, accuracy, currency, lines, preTaxAmount, taxAmountToCollect, taxIncludedAmount, totalAmount };
}

/** A line of amount zero: there is nothing to tax, so nobody is asked, and zero is the true answer. */
export function untaxedZeroLine(id: string): TaxedLine {
  return { id, amount: 0, preTaxAmount: 0, taxAmountToCollect: 0, taxIncludedAmount: 0, jurisdictions: [] };
}

import { Decimal } from './decimal.js';
import type { JurisdictionTax } from './jurisdiction-tax.js';
import { type MinorUnits, sumOf } from './money.js';
import type { TaxCalculation } from './tax-calculation.js';

/** A jurisdiction's tax over a whole document: what an invoice prints below its lines. */
export interface TaxSummary extends Omit<JurisdictionTax, 'exactTaxAmount'> {
  /** Sum of the amounts of the lines it stands on. */
  readonly linesAmount: MinorUnits;
}

/**
 * Adds up the lines' taxes per jurisdiction, tax, rate and treatment, in order of first appearance. Sums of whole
 * minor units: the summary adds up to the document's tax as exactly as the lines do.
 */
export function summarizeTaxes(calculation: Pick<TaxCalculation, 'lines'>): TaxSummary[] {
  const groups = new Map<string, { taxes: JurisdictionTax[]; linesAmount: MinorUnits }>();
  for (const line of calculation.lines) {
    const seen = new Set<string>();
    for (const tax of line.jurisdictions) {
      const key = JSON.stringify([
        tax.name,
        tax.taxName,
        tax.rate,
        tax.treatment,
        tax.notTaxedReason,
        tax.notTaxedDetail,
      ]);
      const group = groups.get(key) ?? { taxes: [], linesAmount: 0 };
      group.taxes.push(tax);
      // two taxes of one name and rate on one line stand on the same money
      if (!seen.has(key)) group.linesAmount = sumOf([group.linesAmount, line.amount]);
      seen.add(key);
      groups.set(key, group);
    }
  }
  return [...groups.values()].map(({ taxes, linesAmount }) => {
    const { exactTaxAmount: _, ...first } = taxes[0]!;
    return {
      ...first,
      linesAmount,
      taxableAmount: taxes.reduce((sum, tax) => sum.plus(tax.taxableAmount), new Decimal(0)).toFixed(),
      taxAmount: sumOf(taxes.map((tax) => tax.taxAmount)),
    };
  });
}

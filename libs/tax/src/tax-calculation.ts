import type { MinorUnits } from './money.js';
import type { JurisdictionTax } from './jurisdiction-tax.js';

/**
 * How far an answer can be trusted. `exact`: it was computed for these lines and amounts. `estimated`: the rates are
 * those of an earlier answer about the same sale in other amounts. `stale`: the last answer that is known, or its
 * rates, because there is none to be had now.
 */
export type TaxAccuracy = 'exact' | 'estimated' | 'stale';

/**
 * The answer. Invariants, checked by the contract suite for every strategy:
 * lines are the document's lines in their order; per line `preTaxAmount + taxIncludedAmount = amount`, and the
 * breakdown of what is collected and included adds up to it exactly; totals are sums of the lines.
 */
export interface TaxCalculation {
  /** Code of the strategy that answered. */
  readonly strategy: string;
  /** Always `exact` for a document that is settled. */
  readonly accuracy: TaxAccuracy;
  readonly currency: string;
  readonly lines: readonly TaxedLine[];
  readonly preTaxAmount: MinorUnits;
  /** To be added to the lines' amounts and collected from the customer. */
  readonly taxAmountToCollect: MinorUnits;
  /** Already contained in the lines' amounts. */
  readonly taxIncludedAmount: MinorUnits;
  /** What the customer pays: `preTaxAmount + taxIncludedAmount + taxAmountToCollect`. */
  readonly totalAmount: MinorUnits;
}

export interface TaxedLine {
  readonly id: string;
  /** As given in the document. */
  readonly amount: MinorUnits;
  readonly preTaxAmount: MinorUnits;
  readonly taxAmountToCollect: MinorUnits;
  readonly taxIncludedAmount: MinorUnits;
  /** Empty only where nothing was to be taxed: an amount of zero. */
  readonly jurisdictions: readonly JurisdictionTax[];
}

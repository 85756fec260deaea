import type { MinorUnits } from './money.js';

/**
 * How one authority treats one line: its tax is collected on top, is included in the price, is owed by the seller
 * without being collected, or there is none, for a reason.
 */
export type TaxTreatment = 'collected' | 'included' | 'paidBySeller' | 'notTaxed';

export const NOT_TAXED_REASONS = [
  'reverseCharge',
  'customerExempt',
  'transactionExempt',
  /** Exempt, without a word why. */
  'exempt',
  'productNotTaxed',
  'jurisHasNoTax',
  'notCollecting',
  /** A reason that this version does not know; the original word stands in `notTaxedDetail`. */
  'other',
] as const;
export type NotTaxedReason = (typeof NOT_TAXED_REASONS)[number];

/** One tax of one authority on one line. */
export interface JurisdictionTax {
  /** The authority: "Denver (local)". Several may share a name: never a key. */
  readonly name: string;
  /** "Tax", "VAT"; empty where there is no tax. */
  readonly taxName: string;
  /** Decimal string between 0 and 1: "0.0481". Applies to `taxableAmount`, which may be a part of the price. */
  readonly rate: string;
  /** Decimal string in minor units, exact. */
  readonly taxableAmount: string;
  /** Decimal string in minor units, exact: what the authority's rule gives before anything is rounded. */
  readonly exactTaxAmount: string;
  /**
   * In whole minor units. Over a line, `collected` ones add up to its `taxAmountToCollect`, `included` ones to its
   * `taxIncludedAmount`; `paidBySeller` and `notTaxed` ones add nothing to what the customer pays.
   */
  readonly taxAmount: MinorUnits;
  readonly treatment: TaxTreatment;
  readonly notTaxedReason?: NotTaxedReason;
  readonly notTaxedDetail?: string;
}

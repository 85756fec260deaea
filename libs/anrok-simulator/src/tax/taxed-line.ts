/** Why there is no tax; of an exemption, by what. */
export interface NotTaxedReason {
  readonly type: 'exempt' | 'jurisHasNoTax' | 'notCollecting' | 'productNotTaxed';
  readonly reason?: { readonly type: ExemptionReason };
}
export type ExemptionReason = 'reverseCharge' | 'customerExempt' | 'transactionExempt';

/** A line as taxed: plain data, kept with the transaction. Texts are decimals in minor units. */
export interface TaxedLine {
  /** As the caller named it. */
  readonly id: string | null;
  readonly productExternalId: string;
  /** Whole minor units. */
  readonly amount: number;
  readonly quantity: string | null;
  readonly taxIncluded: boolean;
  readonly preTaxAmount: string;
  /** Whole minor units; 0 where the price includes tax. */
  readonly taxAmountToCollect: number;
  readonly jurisdictions: readonly LineJurisdiction[];
}

/** One jurisdiction's verdict on a line. */
export interface LineJurisdiction {
  readonly id: string;
  readonly regionId: string;
  readonly name: string;
  /** Null where `tax` is due. */
  readonly notTaxedReason: NotTaxedReason | null;
  /** Where the reason is `notCollecting`: what would be due if the seller were registered. Else null with a reason. */
  readonly tax: LineTax | null;
}

export interface LineTax {
  readonly taxName: string;
  /** Between "0" and "1". */
  readonly taxRate: string;
  /** What the rate applies to: the pre-tax amount or a share of it. */
  readonly taxableAmount: string;
  readonly taxAmount: string;
}

import { z } from 'zod';
import { type DecimalString, decimalString, type OpenWord, wholeNumber } from './scalars.js';

export interface AnrokNotTaxedReason {
  readonly type: OpenWord<'exempt' | 'jurisHasNoTax' | 'notCollecting' | 'productNotTaxed'>;
  /** Only with `exempt`. */
  readonly reason: { readonly type: OpenWord<'reverseCharge' | 'customerExempt' | 'transactionExempt'> } | null;
}

export interface AnrokComputedTax {
  /** Generic: "Tax", "VAT". The authority is the juris around it. */
  readonly taxName: string;
  /** May be a part of the price: some states tax 80 % of a service. */
  readonly taxableAmount: DecimalString;
  readonly taxAmount: DecimalString;
  /** Between 0 and 1; applies to `taxableAmount`. */
  readonly taxRate: DecimalString;
}

/** How one authority treats one line: taxes, or a reason why there are none. One of them is always there. */
export interface AnrokComputedJuris {
  /** Several authorities may share a name: never a key. */
  readonly name: string;
  readonly taxes: readonly AnrokComputedTax[] | null;
  readonly notTaxedReason: AnrokNotTaxedReason | null;
}

export interface AnrokComputedLine {
  /** As in the request; null where that gave none. */
  readonly id: string | null;
  /** What the customer pays on top, in whole smallest units. The breakdown doesn't add up to it: it isn't rounded. */
  readonly taxAmountToCollect: number;
  readonly preTaxAmount: DecimalString;
  readonly jurises: readonly AnrokComputedJuris[];
}

export interface AnrokJurisSummary {
  readonly name: string;
  /** Null when anything is taxed there. */
  readonly notTaxedReasons: readonly AnrokNotTaxedReason[] | null;
}

export interface AnrokComputedTransaction {
  /** In whole smallest units of the currency. */
  readonly taxAmountToCollect: number;
  /** The request's lines in their order. */
  readonly lineItems: readonly AnrokComputedLine[];
  readonly preTaxAmount: DecimalString;
  readonly jurisSummaries: readonly AnrokJurisSummary[];
}

export interface AnrokRecordedTransaction extends AnrokComputedTransaction {
  /** Of the stored transaction, for the `...ExpectedVersion` of a later void or negation. */
  readonly version: number;
}

const notTaxedReason = z.object({
  type: z.string(),
  reason: z.object({ type: z.string() }).nullable().default(null),
});

const tax = z.object({
  taxName: z.string(),
  taxableAmount: decimalString,
  taxAmount: decimalString,
  taxRate: decimalString,
});

const juris = z
  .object({
    name: z.string(),
    taxes: z.array(tax).nullable().default(null),
    notTaxedReason: notTaxedReason.nullable().default(null),
  })
  // No tax without a reason is no answer; it must not pass for zero tax.
  .refine(
    ({ taxes, notTaxedReason }) => taxes?.length || notTaxedReason,
    'Invalid input: expected taxes or notTaxedReason',
  );

const fields = {
  taxAmountToCollect: wholeNumber,
  lineItems: z.array(
    z.object({
      id: z.string().nullable().default(null),
      taxAmountToCollect: wholeNumber,
      preTaxAmount: decimalString,
      jurises: z.array(juris),
    }),
  ),
  preTaxAmount: decimalString,
  jurisSummaries: z.array(z.object({ name: z.string(), notTaxedReasons: z.array(notTaxedReason).nullable() })),
};

export const computedTransaction: z.ZodType<AnrokComputedTransaction> = z.object(fields);

export const recordedTransaction: z.ZodType<AnrokRecordedTransaction> = z.object({ version: wholeNumber, ...fields });

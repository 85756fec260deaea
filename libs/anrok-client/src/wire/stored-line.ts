import { z } from 'zod';
import { type DecimalString, decimalString, type OpenWord, textOrNull, wholeNumber } from './scalars.js';

/** Tax inside the price, on top of it, and both together. */
export interface AnrokTaxAmountDue {
  readonly inclusive: DecimalString;
  readonly exclusive: DecimalString;
  readonly total: DecimalString;
}

export interface AnrokStoredLine {
  readonly id: string | null;
  readonly product: {
    readonly internalId: string | null;
    readonly externalId: string | null;
    readonly name: string | null;
    readonly productTaxCategory: { readonly type: string; readonly id: string; readonly name: string | null } | null;
  } | null;
  readonly quantity: DecimalString | null;
  readonly unitPrice: DecimalString | null;
  readonly inputAmount: number;
  readonly preTaxAmount: DecimalString;
  readonly taxAmountDue: AnrokTaxAmountDue;
  readonly jurises: readonly AnrokStoredLineJuris[];
}

export interface AnrokStoredLineJuris {
  readonly id: string;
  readonly name: string;
  /** Where the seller doesn't remit: what the tax would be if it did. */
  readonly calc:
    | { readonly isRemitting: true; readonly taxes: readonly AnrokStoredLineTax[] }
    | { readonly isRemitting: false; readonly taxesIfWereRemitting: readonly AnrokStoredLineTax[] };
}

/** One tax of one authority within the jurisdiction: state, county, city. */
export interface AnrokStoredLineTax {
  /** Empty for the jurisdiction itself. */
  readonly id: string;
  readonly name: string;
  readonly nonTaxableAmount: DecimalString;
  readonly exemptions: readonly {
    readonly reason: OpenWord<'reverseCharge' | 'customerExempt' | 'transactionExempt'>;
    readonly amount: DecimalString;
  }[];
  readonly taxableAmount: DecimalString;
  readonly rate: DecimalString | null;
  readonly taxAmount: { readonly inclusive: DecimalString; readonly exclusive: DecimalString };
}

export const taxAmountDue = z.object({ inclusive: decimalString, exclusive: decimalString, total: decimalString });

const decimalOrNull = decimalString.nullable().default(null);

const lineTaxes = z.array(
  z.object({
    id: z.string(),
    name: z.string(),
    nonTaxableAmount: decimalString,
    exemptions: z.array(z.object({ reason: z.string(), amount: decimalString })),
    taxableAmount: decimalString,
    rate: decimalOrNull,
    taxAmount: z.object({ inclusive: decimalString, exclusive: decimalString }),
  }),
);

const product = z.object({
  internalId: textOrNull,
  externalId: textOrNull,
  name: textOrNull,
  productTaxCategory: z.object({ type: z.string(), id: z.string(), name: textOrNull }).nullable().default(null),
});

/** Money and identity must be there; what merely describes may be missing, as transactions come from many systems. */
export const storedLine: z.ZodType<AnrokStoredLine> = z.object({
  id: textOrNull,
  product: product.nullable().default(null),
  quantity: decimalOrNull,
  unitPrice: decimalOrNull,
  inputAmount: wholeNumber,
  preTaxAmount: decimalString,
  taxAmountDue,
  jurises: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      calc: z.discriminatedUnion('isRemitting', [
        z.object({ isRemitting: z.literal(true), taxes: lineTaxes }),
        z.object({ isRemitting: z.literal(false), taxesIfWereRemitting: lineTaxes }),
      ]),
    }),
  ),
});

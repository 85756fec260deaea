import { z } from 'zod';
import { type AnrokAddress, address } from './address.js';
import { type DecimalString, decimalString, type IsoDate, type OpenWord, textOrNull, wholeNumber } from './scalars.js';
import { type AnrokStoredLine, type AnrokTaxAmountDue, storedLine, taxAmountDue } from './stored-line.js';

/** What Anrok holds, whoever recorded it. Amounts are in the currency's smallest unit. */
export interface AnrokStoredTransaction {
  readonly id: string;
  readonly type: OpenWord<'normal' | 'void'>;
  /** ISO 8601 date-times. */
  readonly anrokCreatedTime: string;
  readonly anrokModifiedTime: string;
  /** Where it came from, unless it came through the API. */
  readonly sourceBillingSystem: {
    readonly name: string | null;
    readonly integrationId: string | null;
    readonly invoiceId: string | null;
  } | null;
  /** Null for a void one; always there for a normal one. */
  readonly body: AnrokStoredTransactionBody | null;
}

export interface AnrokStoredTransactionBody {
  readonly accountingDate: IsoDate;
  readonly taxDate: IsoDate;
  readonly currencyCode: string;
  readonly customer: { readonly id: string; readonly name: string | null } | null;
  readonly addresses: readonly { readonly address: AnrokAddress }[];
  readonly inputAmount: number;
  readonly preTaxAmount: DecimalString;
  readonly taxAmountDue: AnrokTaxAmountDue;
  /** On top of the amounts; `seen` where Anrok could see what was charged. */
  readonly taxAmountAdded: { readonly expected: number; readonly seen: number | null };
  readonly invoiceTotalAmountExpected: number;
  readonly jurisSummaries: readonly AnrokStoredJurisSummary[];
  readonly lineItems: readonly AnrokStoredLine[];
}

export interface AnrokStoredJurisSummary {
  readonly id: string;
  readonly name: string;
  readonly preTaxAmount: DecimalString;
  readonly taxAmountDue: AnrokTaxAmountDue;
  readonly taxIdValidation: {
    readonly processedTaxIds: readonly { readonly taxId: string; readonly isValid: boolean }[];
  } | null;
}

export type AnrokTransactionFilter =
  /** ISO 8601 date-time in UTC. */
  | { readonly type: 'lastModifiedAfter'; readonly value: string }
  | {
      readonly type: 'filingInfo';
      readonly value: {
        readonly filingAssociationStatus: 'associated';
        readonly jurisId: string;
        readonly jurisFilingId: string;
      };
    };

const jurisSummary = z.object({
  id: z.string(),
  name: z.string(),
  preTaxAmount: decimalString,
  taxAmountDue,
  taxIdValidation: z
    .object({ processedTaxIds: z.array(z.object({ taxId: z.string(), isValid: z.boolean() })) })
    .nullable()
    .default(null),
});

const body = z.object({
  accountingDate: z.string(),
  taxDate: z.string(),
  currencyCode: z.string(),
  customer: z.object({ id: z.string(), name: textOrNull }).nullable().default(null),
  addresses: z.array(z.object({ address })),
  inputAmount: wholeNumber,
  preTaxAmount: decimalString,
  taxAmountDue,
  taxAmountAdded: z.object({ expected: wholeNumber, seen: wholeNumber.nullable().default(null) }),
  invoiceTotalAmountExpected: wholeNumber,
  jurisSummaries: z.array(jurisSummary),
  lineItems: z.array(storedLine),
});

export const storedTransaction: z.ZodType<AnrokStoredTransaction> = z
  .object({
    id: z.string(),
    type: z.string(),
    anrokCreatedTime: z.string(),
    anrokModifiedTime: z.string(),
    sourceBillingSystem: z
      .object({ name: textOrNull, integrationId: textOrNull, invoiceId: textOrNull })
      .nullable()
      .default(null),
    body: body.nullable().default(null),
  })
  .refine((transaction) => transaction.type !== 'normal' || transaction.body !== null, {
    path: ['body'],
    message: 'Invalid input: expected a body, as the transaction is normal',
  });

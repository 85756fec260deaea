import { z } from 'zod';
import { ACCOUNTING_TIME_ZONES } from '../tax/time-zone.js';
import { anyAddress } from './address.schema.js';

const MAX_AMOUNT = 100_000_000_000;
/** Undocumented; where other systems saw documents refused. */
const MAX_LINES = 1_200;

const lineItem = z.strictObject({
  id: z.string().optional(),
  productExternalId: z.string(),
  amount: z
    .int()
    .min(-MAX_AMOUNT)
    .max(MAX_AMOUNT)
    .transform((amount) => amount + 0), // -0 + 0 is 0
  isTaxIncludedInAmount: z.boolean().optional(),
  quantity: z
    .string()
    .regex(/^-?\d+(\.\d+)?$/, 'Invalid decimal.')
    .optional(),
});

const fields = {
  lineItems: z.array(lineItem).min(1).max(MAX_LINES),
  currencyCode: z
    .string()
    .length(3)
    .transform((code) => code.toUpperCase()),
  customerAddress: anyAddress,
  customerId: z.string().min(1).optional(),
  customerName: z.string().optional(),
  customerTaxIds: z
    .array(z.strictObject({ type: z.enum(['genericVatNumber', 'euVrn']), value: z.string() }))
    .optional(),
  shipFromAddress: anyAddress.optional(),
  accountingDate: z.iso.date().optional(),
  accountingTime: z.iso.datetime({ offset: true }).optional(),
  accountingTimeZone: z.enum(ACCOUNTING_TIME_ZONES).optional(),
  taxDate: z.iso.date().optional(),
};

/** One way to say when: a date, or a time that may name its zone. */
function statesItsDate(
  { accountingDate, accountingTime, accountingTimeZone }: z.output<typeof calculation>,
  context: z.RefinementCtx,
): void {
  if (accountingDate !== undefined && accountingTimeZone !== undefined)
    context.addIssue({ code: 'custom', message: 'accountingDate and accountingTimeZone exclude each other.' });
  if (accountingDate === undefined && accountingTime === undefined)
    context.addIssue({ code: 'custom', message: 'Either accountingDate or accountingTime is required.' });
}

const calculation = z.strictObject(fields);

export const calculationBody = calculation.superRefine(statesItsDate);
export const recordBody = z.strictObject({ ...fields, id: z.string().min(1) }).superRefine(statesItsDate);
export type CalculationBody = z.output<typeof calculationBody>;

const version = z.int().optional();
export const voidBody = z.strictObject({ transactionExpectedVersion: version });
export const negationBody = z.strictObject({
  originalTransactionId: z.string(),
  newTransactionId: z.string().min(1),
  originalTransactionExpectedVersion: version,
});

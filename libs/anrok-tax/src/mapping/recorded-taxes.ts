import type { AnrokRecordedTransaction, AnrokTransaction } from '@anrok-nest/client';
import type { TaxCalculation, TaxedLine } from '@anrok-nest/tax';
import { toTaxCalculation } from './to-tax-calculation.js';

/** A transaction as it was sent and answered. */
export interface RecordedTransaction {
  readonly request: AnrokTransaction;
  readonly answer: AnrokRecordedTransaction;
}

/** A line as it stands at Anrok: of a credit note, a line may be several, `id`, `id/kept`, `id/2` … */
export interface RecordedLine extends TaxedLine {
  readonly productExternalId: string;
  readonly quantity?: string;
}

export interface RecordedTaxes extends Pick<
  TaxCalculation,
  'currency' | 'preTaxAmount' | 'taxAmountToCollect' | 'taxIncludedAmount' | 'totalAmount'
> {
  readonly lines: readonly RecordedLine[];
}

/**
 * What Anrok answered about a document, line by line and jurisdiction by jurisdiction, from what is kept of it.
 * Undefined where nothing of it is recorded.
 *
 * @throws AnswerDoesNotFitError
 */
export function toRecordedTaxes(transactions: readonly RecordedTransaction[]): RecordedTaxes | undefined {
  const [first] = transactions;
  if (!first) return undefined;
  const items = transactions.flatMap(({ request }) => request.lineItems);
  const { lines, preTaxAmount, taxAmountToCollect, taxIncludedAmount, totalAmount } = toTaxCalculation(
    {
      currency: first.request.currencyCode,
      lines: items.map(({ id, amount, isTaxIncludedInAmount, productExternalId }) => ({
        id: id!,
        amount,
        taxIncluded: isTaxIncludedInAmount ?? false,
        item: { type: 'product', id: productExternalId },
      })),
    },
    transactions.map(({ answer }) => answer),
  );
  return {
    currency: first.request.currencyCode,
    lines: lines.map((line, index) => {
      const { productExternalId, quantity } = items[index]!;
      return { ...line, productExternalId, ...(quantity !== undefined && { quantity }) };
    }),
    preTaxAmount,
    taxAmountToCollect,
    taxIncludedAmount,
    totalAmount,
  };
}

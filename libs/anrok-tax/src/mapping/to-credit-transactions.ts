import type { AnrokLineItem, AnrokTransaction } from '@anrok-nest/client';
import { type Interval, InvalidTaxDocumentError, type TaxableLine, type TaxDocument } from '@anrok-nest/tax';
import { inParts, type TransactionDraft } from './to-anrok-transactions.js';
import { toTransactionDates } from './transaction-dates.js';

/** What the mapping of a credit note has to know beside it. */
export interface CreditContext {
  readonly toTransactionId: (part: number) => string;
  /** What its invoice was recorded with. */
  readonly invoice: readonly AnrokTransaction[];
  /** By id of the invoice's line: which stretches of it are taken back. */
  readonly intervals: ReadonlyMap<string, readonly Interval[]>;
  readonly now: Date;
}

/** A credit note in Anrok's words, and the lines that its lines became there. */
export interface CreditTransactions {
  readonly drafts: readonly TransactionDraft[];
  readonly pieces: readonly CreditPiece[];
}

/** What Anrok is asked to tax for a line: as many of these as the line takes stretches, twice where one starts above 0. */
export interface CreditPiece extends TaxableLine {
  /** Of the credit note's line. */
  readonly lineId: string;
}

/**
 * Takes back what was recorded: to the address, for the customer, with the tax ids and the products that the invoice
 * was recorded with, at the rates of its day, whatever has changed since.
 *
 * @throws InvalidTaxDocumentError when it is in another currency
 */
export function toCreditTransactions(document: TaxDocument, context: CreditContext): CreditTransactions {
  const [invoice] = context.invoice;
  const recorded = new Map(context.invoice.flatMap(({ lineItems }) => lineItems).map((item) => [item.id, item]));
  const pieces = document.lines.flatMap((line) => {
    const intervals = context.intervals.get(line.creditedLineId!) ?? [];
    return toPieces(line, intervals, recorded.get(line.creditedLineId)?.isTaxIncludedInAmount ?? false);
  });
  if (!invoice || pieces.length === 0) return { drafts: [], pieces: [] };
  if (document.currency !== invoice.currencyCode)
    throw new InvalidTaxDocumentError('currency', `must be that of its invoice, ${invoice.currencyCode}`);
  const { currencyCode, customerAddress, customerId, customerName, customerTaxIds } = invoice;
  const head = {
    currencyCode,
    ...toTransactionDates(document, context.now),
    taxDate: invoice.taxDate ?? invoice.accountingDate!,
    customerAddress,
    ...(customerId !== undefined && { customerId }),
    ...(customerName !== undefined && { customerName }),
    ...(customerTaxIds !== undefined && { customerTaxIds }),
  };
  const creditedBy = new Map(document.lines.map((line) => [line.id, line.creditedLineId]));
  const items = pieces.map(({ id, amount, lineId, taxIncluded }): AnrokLineItem => {
    const { productExternalId } = recorded.get(creditedBy.get(lineId))!;
    return { id, productExternalId, amount, isTaxIncludedInAmount: taxIncluded };
  });
  return { drafts: inParts(items, head, context.toTransactionId), pieces };
}

/** A stretch `[from, to]` is what was charged on `to`, given back, less what was charged on `from`. */
function toPieces(line: TaxableLine, intervals: readonly Interval[], taxIncluded: boolean): CreditPiece[] {
  const { quantity: _, ...rest } = line;
  return intervals.flatMap(([from, to], index) => {
    const id = index === 0 ? line.id : `${line.id}/${index + 1}`;
    const given: CreditPiece = { ...rest, id, amount: -to, taxIncluded, lineId: line.id };
    return from === 0 ? [given] : [given, { ...given, id: `${id}/kept`, amount: from }];
  });
}

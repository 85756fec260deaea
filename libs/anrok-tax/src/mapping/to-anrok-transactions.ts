import type { AnrokEphemeralTransaction, AnrokLineItem } from '@anrok-nest/client';
import type { TaxableLine, TaxDocument } from '@anrok-nest/tax';
import { toAnrokAddress } from './customer-address.js';
import { toTaxIds } from './customer-tax-ids.js';
import { type FindProduct, toProducts } from './item-mapping.js';
import { toTransactionDates } from './transaction-dates.js';

/** Anrok takes no more lines in a transaction (seen by others, not documented). */
const MOST_LINES = 1_200;

/** What the mapping has to know beside the document. */
export interface MappingContext {
  /** The id of each part. */
  readonly toTransactionId: (part: number) => string;
  /** Code of the connection, for messages. */
  readonly connection: string;
  readonly anrokCustomerId: string;
  readonly findProduct: FindProduct;
  readonly now: Date;
}

export interface TransactionDraft {
  /** Under which it is recorded, if it is. */
  readonly transactionId: string;
  readonly body: AnrokEphemeralTransaction;
}

/**
 * A document in Anrok's words: one transaction, or several where it has more lines than fit, or none where it has
 * nothing to tax. Lines of amount zero are left out: there is nothing to tax, and a product isn't needed for them.
 *
 * @throws ItemsNotMappedError, CustomerAddressUnusableError before anything is sent
 */
export function toAnrokTransactions(document: TaxDocument, context: MappingContext): TransactionDraft[] {
  const lines = document.lines.filter((line) => line.amount !== 0);
  if (lines.length === 0) return [];
  const products = toProducts(lines, context.findProduct, context.connection);
  const head = toHead(document, context);
  const items = lines.map((line) => toLineItem(line, products.get(line.id)!));
  return inParts(items, head, context.toTransactionId);
}

/** As few transactions as hold the lines, all under the same head. */
export function inParts(
  items: readonly AnrokLineItem[],
  head: Omit<AnrokEphemeralTransaction, 'lineItems'>,
  toTransactionId: (part: number) => string,
): TransactionDraft[] {
  return chunks(items, MOST_LINES).map((lineItems, index) => ({
    transactionId: toTransactionId(index + 1),
    body: { ...head, lineItems } as AnrokEphemeralTransaction,
  }));
}

function toHead(document: TaxDocument, context: MappingContext) {
  const { customer } = document;
  const taxIds = toTaxIds(customer);
  return {
    currencyCode: document.currency,
    ...toTransactionDates(document, context.now),
    customerAddress: toAnrokAddress(customer),
    customerId: context.anrokCustomerId,
    // Anrok creates a customer only under a name; the name is for display, so an id does where there is none
    customerName: customer.name?.trim() || customer.id,
    ...(taxIds.length > 0 && {
      // the type is metadata to Anrok; the generic one is true of every number
      customerTaxIds: taxIds.map((value) => ({ type: 'genericVatNumber' as const, value })),
    }),
  };
}

function toLineItem(line: TaxableLine, productExternalId: string): AnrokLineItem {
  return {
    id: line.id,
    productExternalId,
    amount: line.amount,
    isTaxIncludedInAmount: line.taxIncluded,
    ...(line.quantity !== undefined && { quantity: line.quantity }),
  };
}

function chunks<T>(all: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, index) =>
    all.slice(index * size, (index + 1) * size),
  );
}

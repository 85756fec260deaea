import type { TaxDocument } from '@anrok-nest/tax';

/** Which of a document's transactions is meant. */
export interface TransactionPlace {
  /** Counted from 1: a document too long for one transaction has further parts. */
  readonly part?: number;
  /** Counted from 1: a document that was frozen for filing before it changed is recorded anew as the next generation. */
  readonly generation?: number;
}

/**
 * The id at Anrok, derived from the document and nothing else: the same document always gets the same id, so that
 * sending it again can't record it twice.
 */
export function toTransactionId(
  prefix: string,
  document: Pick<TaxDocument, 'kind' | 'id'>,
  { part = 1, generation = 1 }: TransactionPlace = {},
): string {
  // a colon in the host's id would let two documents meet in one id
  const id = encodeURIComponent(document.id);
  const suffixes = [...(generation > 1 ? [`g${generation}`] : []), ...(part > 1 ? [`part${part}`] : [])];
  return [prefix, document.kind, id, ...suffixes].join(':');
}

/** The id of the transaction that reverses another; a repeated negation meets its own earlier self. */
export function toNegationId(transactionId: string): string {
  return `${transactionId}:negation`;
}

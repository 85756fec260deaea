import type { TaxDocument } from '@anrok-nest/tax';

/**
 * The id at Anrok, derived from the document and nothing else: the same document always gets the same id, so that
 * sending it again can't record it twice. A document too long for one transaction has further parts.
 *
 * @param part counted from 1
 */
export function toTransactionId(prefix: string, document: Pick<TaxDocument, 'kind' | 'id'>, part = 1): string {
  // a colon in the host's id would let two documents meet in one id
  const id = encodeURIComponent(document.id);
  return [prefix, document.kind, id, ...(part > 1 ? [`part${part}`] : [])].join(':');
}

import type { TaxDocumentReference } from '@anrok-nest/tax';

/** By which documents of all kinds are told from each other. */
export function documentKey({ kind, id }: Pick<TaxDocumentReference, 'kind' | 'id'>): string {
  return `${kind}:${id}`;
}

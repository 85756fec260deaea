import type { ItemReference, TaxProblem } from '@anrok-nest/tax';

/** What a document waits for: the change that makes it due again. */
export type WaitCause =
  /** A mapping for one of these items, for their whole type, or a fallback. */
  | { readonly kind: 'item_mapping'; readonly items: readonly ItemReference[] }
  /** Any change of the customer: address, tax id, link. */
  | { readonly kind: 'customer' }
  /** A working API key. */
  | { readonly kind: 'connection' }
  /** Of a credit note: its invoice, recorded. */
  | { readonly kind: 'invoice' };

export type WaitKind = WaitCause['kind'];

/**
 * The change that a problem waits for, by its code. Undefined where nothing that this module can see would mend it: a
 * person has to, and then asks for the retry.
 */
export function waitCauseOf(problem: TaxProblem): WaitCause | undefined {
  switch (problem.code) {
    case 'item_not_mapped':
    case 'anrok_product_external_id_unknown': {
      const items = (problem.details['items'] as ItemReference[] | undefined) ?? [];
      return items.length > 0 ? { kind: 'item_mapping', items } : undefined;
    }
    case 'customer_address_unusable':
    case 'anrok_customer_address_could_not_resolve':
    case 'anrok_customer_id_not_found':
    case 'customer_not_linked':
    case 'customer_changed':
    case 'credit_tax_differs':
      return { kind: 'customer' };
    case 'anrok_unauthorized':
    case 'api_key_unreadable':
    case 'connection_paused':
      return { kind: 'connection' };
    case 'credited_invoice_not_recorded':
      return { kind: 'invoice' };
    default:
      return undefined;
  }
}

import type { TaxCustomer } from '@anrok-nest/tax';

/** The customer's tax ids, each once; blanks are none. */
export function toTaxIds({ taxIds }: Pick<TaxCustomer, 'taxIds'>): string[] {
  return [...new Set(taxIds.map((taxId) => taxId.trim()).filter(Boolean))];
}

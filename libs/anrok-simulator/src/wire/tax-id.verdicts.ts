import { type Address, resolveJurisdictions } from '../tax/address.resolution.js';
import { isTaxIdOf } from '../tax/exemptions.js';

/** Which of a buyer's tax ids one jurisdiction of the buyer's address accepts; none where it doesn't ask for any. */
export function taxIdVerdicts(
  address: Address,
  jurisId: string,
  taxIds: readonly string[],
): { readonly taxId: string; readonly isValid: boolean }[] {
  const jurisdiction = resolveJurisdictions(address)?.find(({ id }) => id === jurisId);
  if (!jurisdiction?.buyerTaxId) return [];
  return taxIds.map((taxId) => ({ taxId, isValid: isTaxIdOf(jurisdiction, taxId) }));
}

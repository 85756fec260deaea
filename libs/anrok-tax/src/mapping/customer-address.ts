import type { AnrokAddress } from '@anrok-nest/client';
import type { Address, TaxCustomer } from '@anrok-nest/tax';
import { toCountryCode } from './country.js';
import { CustomerAddressUnusableError } from './mapping.error.js';

/** Countries whose tax differs inside, so that the country alone doesn't say who taxes. */
const TAXED_BY_REGION = new Set(['US', 'CA']);

/**
 * The address that decides the tax: the shipping address if it is usable, else the billing address; one of them whole,
 * never a mixture of both.
 *
 * @throws CustomerAddressUnusableError which says of both what they lack
 */
export function toAnrokAddress(customer: TaxCustomer): AnrokAddress {
  const shipping = usable(customer.shippingAddress);
  if (typeof shipping !== 'string') return shipping;
  const billing = usable(customer.billingAddress);
  if (typeof billing !== 'string') return billing;
  throw new CustomerAddressUnusableError(customer.id, { shipping, billing });
}

/** The address, or what makes it unusable as the end of a sentence. */
function usable(address: Address | undefined): AnrokAddress | string {
  const given = Object.fromEntries(
    Object.entries(address ?? {}).flatMap(([field, text]) => (text?.trim() ? [[field, text.trim()]] : [])),
  ) as Address;
  if (Object.keys(given).length === 0) return 'is missing';
  if (!given.country) return 'has no country';
  const country = toCountryCode(given.country);
  if (!country) return `has the unknown country "${given.country}"`;
  if (TAXED_BY_REGION.has(country) && !given.region && !given.postalCode) return 'has neither region nor postal code';
  // Anrok knows a single line; a suite or floor belongs to it
  const line1 = [given.line1, given.line2].filter(Boolean).join(', ');
  return {
    country,
    ...(line1 && { line1 }),
    ...(given.city && { city: given.city }),
    ...(given.region && { region: given.region }),
    ...(given.postalCode && { postalCode: given.postalCode }),
  };
}

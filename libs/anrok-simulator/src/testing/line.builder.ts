import { type Address, resolveJurisdictions } from '../tax/address.resolution.js';
import type { Circumstances, LineToTax } from '../tax/tax-engine.js';

/** Where and when a line is taxed: in the United States and March 2026, if nothing else is said. */
export function circumstancesAt(place: Partial<Address>, changes: Partial<Circumstances> = {}): Circumstances {
  return {
    jurisdictions: resolveJurisdictions({
      country: 'US',
      line1: null,
      city: null,
      region: null,
      postalCode: null,
      ...place,
    })!,
    taxDate: '2026-03-15',
    exemptionIn: () => undefined,
    ...changes,
  };
}

/** USD 100.00 of software for businesses; say only what the test is about. */
export function aLineToTax(changes: Partial<LineToTax> = {}): LineToTax {
  return {
    id: 'line-1',
    productExternalId: 'saas-business',
    category: 'saasBusiness',
    amount: 10_000,
    quantity: null,
    taxIncluded: false,
    ...changes,
  };
}

export const AUSTIN = { region: 'TX', city: 'Austin' };
export const HOUSTON = { region: 'TX', city: 'Houston' };
export const NEW_YORK = { region: 'NY', city: 'New York' };
export const BIRMINGHAM = { region: 'AL', city: 'Birmingham' };
export const JUNEAU = { region: 'AK', city: 'Juneau' };

/** A body for `createEphemeral`: USD 100.00 of software to a customer in Denver; say only what the test is about. */
export function aDocument(changes: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    currencyCode: 'USD',
    accountingDate: '2026-03-15',
    lineItems: [aLine()],
    customerAddress: DENVER,
    ...changes,
  };
}

/** The same for `createOrUpdate`. */
export function aTransaction(id: string, changes: Record<string, unknown> = {}): Record<string, unknown> {
  return { id, ...aDocument(changes) };
}

export function aLine(changes: Record<string, unknown> = {}): Record<string, unknown> {
  return { id: 'line-1', productExternalId: 'saas-business', amount: 10_000, ...changes };
}

export const DENVER = {
  country: 'US',
  line1: '1450 Cherokee St',
  city: 'Denver',
  region: 'CO',
  postalCode: '80204',
} as const;
export const NEW_YORK = { country: 'US', city: 'New York', region: 'NY', postalCode: '10001' } as const;
export const BERLIN = { country: 'DE', city: 'Berlin', postalCode: '10115' } as const;

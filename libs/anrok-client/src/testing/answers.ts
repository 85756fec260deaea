import type { AnrokEphemeralTransaction, AnrokTransaction } from '../wire/transaction.js';

/** Requests and Anrok's good answers to them, as JSON has them; say only what the test is about. */
export function anEphemeralTransaction(
  content: Partial<Pick<AnrokEphemeralTransaction, 'lineItems' | 'customerId'>> = {},
): AnrokEphemeralTransaction {
  return {
    currencyCode: 'USD',
    accountingDate: '2026-03-15',
    customerAddress: { country: 'US', region: 'CO', city: 'Denver', line1: '1450 Cherokee St', postalCode: '80204' },
    lineItems: [
      { id: 'seats', productExternalId: 'pro-plan', amount: 15_000, quantity: '1' },
      { productExternalId: 'setup', amount: 24_000 },
    ],
    ...content,
  };
}

export function aTransaction(): AnrokTransaction {
  return { ...anEphemeralTransaction(), id: 'acme:invoice:7' };
}

export function aComputedTransaction() {
  const untaxed = { name: 'Colorado', taxes: null, notTaxedReason: { type: 'productNotTaxed', reason: null } };
  return {
    taxAmountToCollect: 722,
    lineItems: [
      {
        id: 'seats' as string | null,
        taxAmountToCollect: 722,
        preTaxAmount: '15000',
        jurises: [
          untaxed,
          {
            name: 'Denver (local)',
            taxes: [{ taxName: 'Tax', taxableAmount: '15000', taxAmount: '721.5', taxRate: '0.0481' }],
            notTaxedReason: null,
          },
        ],
      },
      { id: null, taxAmountToCollect: 0, preTaxAmount: '24000', jurises: [untaxed] },
    ],
    preTaxAmount: '39000',
    jurisSummaries: [
      { name: 'Colorado', notTaxedReasons: [{ type: 'exempt', reason: { type: 'customerExempt' } }] },
      { name: 'Denver (local)', notTaxedReasons: null },
    ],
  };
}

export function aCertificate() {
  return {
    id: 'cert-1',
    status: 'expiringSoon',
    customerId: 'acme:42',
    customerName: 'Acme Inc',
    createdTime: '2026-01-15T18:23:45.000Z',
    effectiveDateBegin: '2026-01-01',
    expiryDate: '2026-12-31' as string | null,
    exemptionNumber: 'EX-100',
    notes: '',
    jurises: [
      { jurisId: 'us-MA', registrationId: 'reg-1', effectiveDateEndi: '2026-12-31' as string | null, notes: '' },
      { jurisId: 'us-NY', registrationId: 'reg-2', effectiveDateEndi: null, notes: 'resale' },
    ],
  };
}

export function aFiling() {
  return {
    jurisId: 'us-MA',
    jurisFilingId: '2026-01',
    name: 'January 2026',
    isAutomaticallyUpdatedForTransactionChanges: true,
    isFiled: false,
    period: { begin: '2026-01-01', endInclusive: '2026-01-31' },
  };
}

export function aStoredTransaction() {
  const taxAmountDue = { inclusive: '0', exclusive: '1990.00', total: '1990.00' };
  const tax = {
    id: '',
    name: 'Texas',
    nonTaxableAmount: '7960',
    exemptions: [{ reason: 'customerExempt', amount: '10' }],
    taxableAmount: '31840',
    rate: '0.0625' as string | null,
    taxAmount: { inclusive: '0', exclusive: '1990' },
  };
  return {
    type: 'normal',
    id: 'acme:invoice:7',
    anrokCreatedTime: '2026-01-01T00:00:00Z',
    anrokModifiedTime: '2026-01-02T18:00:00Z',
    sourceBillingSystem: { name: 'stripe', integrationId: 'si5', invoiceId: 'in_1' },
    body: {
      accountingDate: '2026-01-01',
      taxDate: '2026-01-01',
      currencyCode: 'USD',
      customer: { id: 'acme:42', name: 'Acme Inc' as string | null },
      addresses: [{ address: { country: 'US', region: 'TX', city: null, line1: null, postalCode: '76622' } }],
      inputAmount: 39_800,
      preTaxAmount: '39800',
      taxAmountDue,
      taxAmountAdded: { expected: 1990, seen: 1990 as number | null },
      invoiceTotalAmountExpected: 41_790,
      jurisSummaries: [
        {
          id: 'us-TX',
          name: 'Texas',
          preTaxAmount: '39800',
          taxAmountDue,
          taxIdValidation: { processedTaxIds: [{ taxId: '123', isValid: true }] },
        },
      ],
      lineItems: [
        {
          id: 'seats' as string | null,
          product: {
            internalId: 'sp3',
            externalId: 'pro-plan',
            name: 'Pro plan',
            productTaxCategory: { type: 'standard', id: 'saasBusiness', name: 'SaaS - General, B2B' },
          },
          quantity: '2.5' as string | null,
          unitPrice: null,
          inputAmount: 39_800,
          preTaxAmount: '39800',
          taxAmountDue,
          jurises: [
            { id: 'us-TX', name: 'Texas', calc: { isRemitting: true, taxes: [tax] } },
            { id: 'us-OK', name: 'Oklahoma', calc: { isRemitting: false, taxesIfWereRemitting: [tax] } },
          ],
        },
      ],
    },
  };
}

/** One page of a list, by default the only one. */
export function aPage(items: Readonly<Record<string, readonly unknown[]>>, nextCursor: string | null = null) {
  return { ...items, nextCursor, hasMore: nextCursor !== null };
}

import type { AnrokClient } from '../anrok-client.js';
import {
  aCertificate,
  aComputedTransaction,
  aFiling,
  anEphemeralTransaction,
  aPage,
  aStoredTransaction,
  aTransaction,
} from './answers.js';
import { itemsOf } from './test-client.js';

/** A call of an operation, what is sent for it, and a good answer. */
interface OperationCase {
  readonly call: (client: AnrokClient) => Promise<unknown>;
  readonly path: string;
  readonly body?: unknown;
  readonly answer: unknown;
  /** Default: as Anrok answered. */
  readonly result?: unknown;
}

const computed = aComputedTransaction();
const product = {
  externalId: 'pro plan',
  taxCategoryId: { type: 'standard', id: 'saasBusiness' },
  name: 'Pro plan',
  description: '',
};
const draft = {
  customerId: 'acme:42',
  effectiveDateBegin: '2026-01-01',
  certificateFile: { name: 'cert.png', contentsBase64: 'Y2VydA==' },
  jurises: [{ jurisId: 'us-MA', effectiveDateEndi: '2027-01-01' }],
} as const;
const request = { customerId: 'acme:42', emailAddress: 'tax@acme.test', sendEmail: false };
const question = { customerAddress: { country: 'CA', region: 'Quebec' }, customerTaxIds: [{ value: '123' }] };

/** Every operation of the API. */
export const OPERATIONS: Record<string, OperationCase> = {
  'transactions.createEphemeral': {
    call: (client) => client.transactions.createEphemeral(anEphemeralTransaction()),
    path: '/v1/seller/transactions/createEphemeral',
    body: anEphemeralTransaction(),
    answer: computed,
  },
  'transactions.createOrUpdate': {
    call: (client) => client.transactions.createOrUpdate(aTransaction()),
    path: '/v1/seller/transactions/createOrUpdate',
    body: aTransaction(),
    answer: { version: 3, ...computed },
  },
  'transactions.createNegation': {
    call: (client) =>
      client.transactions.createNegation({
        originalTransactionId: 'acme:invoice:7',
        newTransactionId: 'acme:invoice:7:negation',
        originalTransactionExpectedVersion: 2,
      }),
    path: '/v1/seller/transactions/createNegation',
    body: {
      originalTransactionId: 'acme:invoice:7',
      newTransactionId: 'acme:invoice:7:negation',
      originalTransactionExpectedVersion: 2,
    },
    answer: {},
    result: undefined,
  },
  'transactions.void': {
    call: (client) => client.transactions.void('acme:invoice:7/a'),
    path: '/v1/seller/transactions/id:acme:invoice:7%2Fa/void',
    answer: {},
    result: undefined,
  },
  'transactions.void, of a version': {
    call: (client) => client.transactions.void('acme:invoice:7', { transactionExpectedVersion: 1 }),
    path: '/v1/seller/transactions/id:acme:invoice:7/void',
    body: { transactionExpectedVersion: 1 },
    answer: '',
    result: undefined,
  },
  'transactions.list': {
    call: (client) =>
      itemsOf(client.transactions.list({ type: 'lastModifiedAfter', value: '2026-01-01T00:00:00.000Z' })),
    path: '/v1/seller/transactions/list',
    body: { filter: { type: 'lastModifiedAfter', value: '2026-01-01T00:00:00.000Z' }, limit: 20 },
    answer: aPage({ transactions: [aStoredTransaction()] }),
    result: [aStoredTransaction()],
  },
  'products.create': {
    call: (client) => client.products.create(product),
    path: '/v1/seller/products/create',
    body: product,
    answer: {},
    result: undefined,
  },
  'products.get': {
    call: (client) => client.products.get('pro plan'),
    path: '/v1/seller/products/externalId:pro%20plan/get',
    answer: product,
  },
  'productTaxCategories.list': {
    call: (client) => client.productTaxCategories.list(),
    path: '/v1/seller/productTaxCategories/list',
    answer: { productTaxCategories: [{ id: { type: 'custom', id: 'sptc9' }, name: 'Consulting' }] },
    result: [{ id: { type: 'custom', id: 'sptc9' }, name: 'Consulting' }],
  },
  'productIdMappings.list': {
    call: (client) => client.productIdMappings.list('si5'),
    path: '/v1/seller/integrations/id:si5/productIdMapping/list',
    answer: [{ 'billing-1': 'pro-plan' }, { 'billing-2': 'setup' }],
  },
  'productIdMappings.add': {
    call: (client) => client.productIdMappings.add('si5', { sourceId: 'billing-1', targetId: 'pro-plan' }),
    path: '/v1/seller/integrations/id:si5/productIdMapping/add',
    body: { sourceId: 'billing-1', targetId: 'pro-plan' },
    answer: {},
    result: undefined,
  },
  'certificates.create': {
    call: (client) => client.certificates.create(draft),
    path: '/v1/seller/certificates/create',
    body: draft,
    answer: { id: 'cert-1' },
  },
  'certificates.get': {
    call: (client) => client.certificates.get('cert-1'),
    path: '/v1/seller/certificates/id:cert-1/get',
    answer: aCertificate(),
  },
  'certificates.list': {
    call: (client) => itemsOf(client.certificates.list({ status: 'active' }, { pageSize: 7 })),
    path: '/v1/seller/certificates/list',
    body: { filter: { status: 'active' }, limit: 7 },
    answer: aPage({ certificates: [aCertificate()] }),
    result: [aCertificate()],
  },
  'certificates.list, of all': {
    call: (client) => itemsOf(client.certificates.list({})),
    path: '/v1/seller/certificates/list',
    body: { limit: 100 },
    answer: aPage({ certificates: [] }),
    result: [],
  },
  'certificates.archive': {
    call: (client) => client.certificates.archive('cert-1'),
    path: '/v1/seller/certificates/id:cert-1/archive',
    answer: {},
    result: undefined,
  },
  'certificateRequests.create': {
    call: (client) => client.certificateRequests.create(request),
    path: '/v1/seller/certificateRequests/create',
    body: request,
    answer: { requestId: 'cre_3', requestLink: 'https://app.anrok.test/certificate-request/cre_3' },
  },
  'taxIds.validate': {
    call: (client) => client.taxIds.validate(question),
    path: '/v1/seller/taxId/validate',
    body: question,
    answer: {
      jurises: [
        {
          name: 'Canada (federal)',
          taxIdNames: { name: 'GST/HST account number', abbreviation: null },
          validTaxIds: [{ value: '123' }],
        },
      ],
    },
  },
  'filings.list': {
    call: (client) =>
      itemsOf(client.filings.list({ jurisId: 'us-MA', periodEndDateRangeInclusive: '2026-01..2026-03' })),
    path: '/v1/seller/filings/list',
    body: { filter: { jurisId: 'us-MA', periodEndDateRangeInclusive: '2026-01..2026-03' }, limit: 100 },
    answer: aPage({ filings: [aFiling()] }),
    result: [aFiling()],
  },
};

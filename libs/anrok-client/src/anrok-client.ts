import { type AnrokClientOptions, toTransportSettings } from './anrok-client.options.js';
import type { Lane } from './limiter/rate-limiter.js';
import type { ReservedPlace } from './limiter/reserved-place.js';
import { AnrokCertificateRequests, AnrokCertificates } from './operations/certificates.js';
import { AnrokFilings } from './operations/filings.js';
import { AnrokProductIdMappings } from './operations/product-id-mappings.js';
import { AnrokProducts, AnrokProductTaxCategories } from './operations/products.js';
import { AnrokTaxIds } from './operations/tax-ids.js';
import { AnrokTransactions } from './operations/transactions.js';
import { createTransport } from './transport/anrok.transport.js';

/**
 * Anrok's API 1.1, all of it, typed. Every answer is checked before it is handed over; whatever goes wrong is one
 * AnrokError that says what happened (`code`), what became of the request (`outcome`), whether the same call can
 * succeed later (`retry`) and what to do (`remedy`).
 *
 * Keeps Anrok's rate limit and honours a 429 within the caller's patience; beyond that it repeats nothing.
 *
 * ```ts
 * const anrok = new AnrokClient({ apiKey: 'sellerId/keyId/secret.xxx' });
 *
 * const { taxAmountToCollect } = await anrok.transactions.createEphemeral(
 *   {
 *     currencyCode: 'USD',
 *     accountingDate: '2026-01-31',
 *     customerAddress: { country: 'US', region: 'CO', city: 'Denver', line1: '1450 Cherokee St', postalCode: '80204' },
 *     lineItems: [{ id: 'seats', productExternalId: 'pro-plan', amount: 15_000 }],
 *   },
 *   { timeoutMs: 3000 },
 * );
 *
 * for await (const certificate of anrok.certificates.list({ status: 'expiringSoon' }, { lane: 'bulk' })) {
 *   console.log(certificate.customerName, certificate.expiryDate);
 * }
 * ```
 */
export class AnrokClient {
  /** The part of the key before its first slash, as in `https://app.anrok.com/{sellerId}`; undefined without one. */
  readonly sellerId: string | undefined;

  readonly transactions: AnrokTransactions;
  readonly products: AnrokProducts;
  readonly productTaxCategories: AnrokProductTaxCategories;
  readonly productIdMappings: AnrokProductIdMappings;
  readonly certificates: AnrokCertificates;
  readonly certificateRequests: AnrokCertificateRequests;
  readonly taxIds: AnrokTaxIds;
  readonly filings: AnrokFilings;

  /** Asks for a place in the rate limit, for a call that will be known shortly: see CallOptions.reserved. */
  readonly reserve: (lane: Lane) => ReservedPlace;

  /** @throws AnrokInvalidRequestError when an option can't be right */
  constructor(options: AnrokClientOptions) {
    const settings = toTransportSettings(options);
    const { send, reserve } = createTransport(settings);
    this.reserve = reserve;
    this.sellerId = settings.sellerId;
    this.transactions = new AnrokTransactions(send);
    this.products = new AnrokProducts(send);
    this.productTaxCategories = new AnrokProductTaxCategories(send);
    this.productIdMappings = new AnrokProductIdMappings(send);
    this.certificates = new AnrokCertificates(send);
    this.certificateRequests = new AnrokCertificateRequests(send);
    this.taxIds = new AnrokTaxIds(send);
    this.filings = new AnrokFilings(send);
  }
}

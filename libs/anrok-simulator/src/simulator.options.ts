import type { Product } from './books/seller.books.js';
import { findCategory, PRODUCT_TAX_CATEGORIES, type ProductTaxCategoryReference } from './tax/product-tax-category.js';
import type { AccountingTimeZone } from './tax/time-zone.js';

export interface AnrokSimulatorOptions {
  /** Of 127.0.0.1. Default 0: any free one. */
  readonly port?: number;
  /**
   * `sellerId/keyId/secret`. Keys of one seller see the same books, sellers see only their own. The first one is the
   * simulator's `apiKey`, and its seller the one that calls without a seller are about. Default: one key.
   */
  readonly apiKeys?: readonly string[];
  /** Whose time it is. One that stands still also holds the rate limit's window open. Default: the system's. */
  readonly clock?: { now(): Date };
  /** Per seller, over a sliding second; null for no limit. Default 10. */
  readonly requestsPerSecond?: number | null;
  /** Premium endpoints; what isn't named is on. */
  readonly features?: Partial<Features>;
  /** How to read what is undocumented; see `Assumptions` for the defaults. */
  readonly assumptions?: Partial<Assumptions>;
  /** What a new seller has in the catalogue. Default: one product of every tax category. */
  readonly products?: readonly ProductOption[];
  /** Of the sellers' accounts, to read an `accountingTime` without a zone in; null where not set. Default "UTC". */
  readonly accountingTimeZone?: AccountingTimeZone | null;
  /** Billing systems connected to the sellers' accounts, for product mappings. Default: "simulator". */
  readonly integrationIds?: readonly string[];
  /** A JSON file that the books are read from at start, and written to before a change is answered. Default: none. */
  readonly dataFile?: string;
}

/** Premium endpoints: off, they answer with the 409 of an account that hasn't bought them. */
export interface Features {
  readonly listTransactions: boolean;
  readonly listFilings: boolean;
  readonly validateTaxIds: boolean;
  readonly certificateRequests: boolean;
}

/** What Anrok's documents leave open, where the reading matters to a caller. */
export interface Assumptions {
  /** What voiding a voided transaction answers. Default `ok`. */
  readonly voidAgain: 'ok' | 'transactionIdNotFound';
  /** Whether an update with nothing new in it raises the version. Default `newVersion`. */
  readonly unchangedUpdate: 'newVersion' | 'sameVersion';
}

export interface ProductOption {
  readonly externalId: string;
  readonly taxCategoryId: ProductTaxCategoryReference;
  readonly name?: string;
  readonly description?: string;
}

export interface Settings extends Required<Omit<AnrokSimulatorOptions, 'dataFile' | 'features' | 'products'>> {
  readonly assumptions: Assumptions;
  readonly features: Features;
  readonly products: readonly Product[];
  readonly dataFile: string | undefined;
}

const DEFAULT_API_KEY = 'sandbox/key1/secret.simulator';

/** @throws Error naming the option that makes no sense */
export function toSettings(options: AnrokSimulatorOptions): Settings {
  const { apiKeys = [DEFAULT_API_KEY], requestsPerSecond = 10 } = options;
  if (apiKeys.length === 0) throw new Error('apiKeys: name at least one key.');
  for (const key of apiKeys)
    if (!/^[^/\s]+\/[^/\s]+\/[^\s]+$/.test(key)) throw new Error('apiKeys: a key has the form sellerId/keyId/secret.');
  if (requestsPerSecond !== null && !(Number.isSafeInteger(requestsPerSecond) && requestsPerSecond > 0))
    throw new Error('requestsPerSecond: must be a whole number above 0, or null for no limit.');
  return {
    port: options.port ?? 0,
    apiKeys,
    clock: options.clock ?? { now: () => new Date() },
    requestsPerSecond,
    features: {
      listTransactions: true,
      listFilings: true,
      validateTaxIds: true,
      certificateRequests: true,
      ...options.features,
    },
    assumptions: { voidAgain: 'ok', unchangedUpdate: 'newVersion', ...options.assumptions },
    products: options.products?.map(toProduct) ?? DEFAULT_PRODUCTS,
    accountingTimeZone: options.accountingTimeZone === undefined ? 'UTC' : options.accountingTimeZone,
    integrationIds: options.integrationIds ?? ['simulator'],
    dataFile: options.dataFile,
  };
}

function toProduct({ externalId, taxCategoryId, name, description }: ProductOption): Product {
  if (!findCategory(taxCategoryId)) throw new Error(`products: there is no tax category ${taxCategoryId.id}.`);
  return { externalId, taxCategoryId, name: name ?? externalId, description: description ?? '' };
}

/** `saas-business`, `saas-personal`, `digital-goods`, … : the category's id in words. */
const DEFAULT_PRODUCTS: readonly Product[] = PRODUCT_TAX_CATEGORIES.map(({ type, id, name }) => ({
  externalId: type === 'custom' ? 'onboarding' : id.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`),
  taxCategoryId: { type, id },
  name,
  description: '',
}));

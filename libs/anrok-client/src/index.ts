export type { AnrokCall, AnrokCallListener, AroundCall } from './around-call.js';
export { AnrokClient } from './anrok-client.js';
export type { AnrokClientOptions } from './anrok-client.options.js';
export type { AnrokExchange } from './anrok-exchange.js';
export type { AnrokOperation } from './anrok-operation.js';
export type { CallOptions, ListOptions } from './call-options.js';

export { AnrokError, type AnrokErrorCode, type AnrokProblem } from './errors/anrok.error.js';
export type { AnrokOutcome, AnrokRetry } from './errors/anrok-retry.js';
export {
  AnrokBadRequestError,
  AnrokNotFoundError,
  AnrokRateLimitedError,
  AnrokServerError,
  AnrokUnauthorizedError,
  AnrokUnreadableAnswerError,
} from './errors/answer.errors.js';
export {
  AnrokConflictError,
  type AnrokConflictFields,
  AnrokFeatureNotEnabledError,
  AnrokUnknownConflictError,
  toConflictError,
} from './errors/conflict.errors.js';
export type { AnrokConflictCode, AnrokConflictType, AnrokFeatureType } from './errors/conflict.table.js';
export {
  AnrokCancelledError,
  AnrokInvalidRequestError,
  AnrokNetworkError,
  AnrokTimeoutError,
} from './errors/exchange.errors.js';

export type { Clock } from './limiter/clock.js';
export { InMemoryRateLimiter, type InMemoryRateLimiterOptions } from './limiter/in-memory.rate-limiter.js';
export type { PlaceStore, PlaceUsage } from './limiter/place-store.js';
export type { Lane, LimitUsage, RateLimiter } from './limiter/rate-limiter.js';
export type { ReservedPlace } from './limiter/reserved-place.js';
export { SharedRateLimiter, type SharedRateLimiterOptions } from './limiter/shared.rate-limiter.js';

export type { AnrokCertificateRequests, AnrokCertificates } from './operations/certificates.js';
export type { AnrokFilings } from './operations/filings.js';
export type { AnrokProductIdMappings } from './operations/product-id-mappings.js';
export type { AnrokProducts, AnrokProductTaxCategories } from './operations/products.js';
export type { AnrokTaxIds } from './operations/tax-ids.js';
export type { AnrokTransactions } from './operations/transactions.js';

export { ACCOUNTING_TIME_ZONES, type AccountingTimeZone } from './wire/accounting-time-zone.js';
export type { AnrokAddress } from './wire/address.js';
export type {
  AnrokCertificate,
  AnrokCertificateDraft,
  AnrokCertificateFilter,
  AnrokCertificateJuris,
  AnrokCertificateJurisDraft,
  AnrokCertificateStatus,
} from './wire/certificate.js';
export type { AnrokCertificateRequest, AnrokCertificateRequestDraft } from './wire/certificate-request.js';
export type {
  AnrokComputedJuris,
  AnrokComputedLine,
  AnrokComputedTax,
  AnrokComputedTransaction,
  AnrokJurisSummary,
  AnrokNotTaxedReason,
  AnrokRecordedTransaction,
} from './wire/computed-transaction.js';
export type { AnrokFiling, AnrokFilingFilter } from './wire/filing.js';
export type {
  AnrokProduct,
  AnrokProductDraft,
  AnrokProductTaxCategory,
  AnrokProductTaxCategoryId,
} from './wire/product.js';
export type { AnrokProductIdMapping, AnrokProductIdMappingDraft } from './wire/product-id-mapping.js';
export type { DecimalString, IsoDate, OpenWord } from './wire/scalars.js';
export type {
  AnrokStoredLine,
  AnrokStoredLineJuris,
  AnrokStoredLineTax,
  AnrokTaxAmountDue,
} from './wire/stored-line.js';
export type {
  AnrokStoredJurisSummary,
  AnrokStoredTransaction,
  AnrokStoredTransactionBody,
  AnrokTransactionFilter,
} from './wire/stored-transaction.js';
export type { AnrokTaxIdAnswer, AnrokTaxIdJuris, AnrokTaxIdQuestion } from './wire/tax-id.js';
export type {
  AnrokCustomerTaxId,
  AnrokEphemeralTransaction,
  AnrokLineItem,
  AnrokNegation,
  AnrokTransaction,
  AnrokVoid,
} from './wire/transaction.js';

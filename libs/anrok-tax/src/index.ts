export { type AdminExtras, type AnrokTaxModuleExtras } from './anrok-tax.module-definition.js';
export { AnrokTaxModule } from './anrok-tax.module.js';
export { type CatalogueEntry, errorCatalogue, type SyncConsequence } from './catalogue/error-catalogue.js';
export type { FixedBy } from './catalogue/specimen.js';
export { Clock, SystemClock } from './clock.js';
export { PostgresPlaceStore, type PostgresPlaceStoreOptions } from './budget/postgres.place-store.js';
export { AccountFeatures, type FeatureStanding } from './connection/account-features.js';
export { AnrokCallFailedError, FeatureNotEnabledError } from './connection/anrok-call.error.js';
export { ANROK_RATE_LIMITER } from './connection/anrok-clients.js';
export type { AnrokFeature } from './connection/anrok-feature.js';
export { AnrokPages } from './connection/anrok-pages.js';
export { Connection } from './connection/connection.entity.js';
export {
  ApiKeyNotTestedError,
  ApiKeyRefusedError,
  ApiKeyUnreadableError,
  ConnectionCodeTakenError,
  ConnectionNotFoundError,
  ConnectionPausedError,
  CustomerLinkNotFoundError,
  CustomerNotLinkedError,
  KeyOfAnotherAccountError,
} from './connection/connection.error.js';
export {
  CONNECTION_HEALTHY,
  CONNECTION_UNHEALTHY,
  ConnectionHealthy,
  ConnectionUnhealthy,
} from './connection/connection.health.js';
export { CustomerLink } from './connection/customer-link.entity.js';
export { anrokTaxEntities } from './entities.js';
export type {
  Certificate,
  CertificateJurisdiction,
  CertificateRequest,
  CertificateStatus,
  NewCertificate,
  NewCertificateJurisdiction,
  NewCertificateRequest,
} from './exemptions/certificate.js';
export { CertificateNotFoundError } from './exemptions/certificate-not-found.error.js';
export { CustomerCertificateService } from './exemptions/customer-certificate.service.js';
export { TaxIdService } from './exemptions/tax-id.service.js';
export type { TaxIdVerdict } from './exemptions/to-tax-id-verdict.js';
export { EstimateCache } from './estimates/estimate.cache.js';
export { AnrokTaxHealth } from './health/anrok-tax.health.js';
export type { HealthReport, HealthThresholds } from './health/judge-health.js';
export {
  BillingHost,
  type CustomerPage,
  type CustomerPageRequest,
  type BookedTotals,
  type DocumentPage,
  type DocumentPageRequest,
  type DocumentStanding,
  type DocumentProblem,
  type DocumentTaxes,
  type TaxedDocument,
  type HostDocument,
  type HostItem,
  type ItemPage,
  type ItemPageRequest,
} from './host/billing-host.js';
export { EVERY, type ItemMapping, type MappedProduct, type MappingKey } from './mapping/item-mapping.js';
export { AnswerDoesNotFitError, CustomerAddressUnusableError, ItemsNotMappedError } from './mapping/mapping.error.js';
export type {
  AnrokTaxModuleOptions,
  EstimateCacheOptions,
  EstimatePolicies,
  EstimatePolicy,
  EstimateStore,
  HostEvent,
  HostEvents,
  ResyncOptions,
  RetentionOptions,
  RetryOptions,
  TelemetryOptions,
  WorkerOptions,
} from './options/anrok-tax.options.js';
export { AnrokTaxConfigurationError } from './options/configuration.error.js';
export type { ConnectionDependents } from './removal/connection-dependents.js';
export { ConnectionHasHistoryError, ConnectionInUseError } from './removal/connection-removal.error.js';
export { ConnectionRemovalService } from './removal/connection-removal.service.js';
export { WORKER_OFF } from './options/worker-off.js';
export type { ResyncAction, ResyncPlan } from './resync/plan-tally.js';
export {
  InvalidResyncFilterError,
  ResyncAlreadyRunningError,
  ResyncBrokeOffError,
  ResyncRunNotFoundError,
} from './resync/resync.error.js';
export {
  type ResyncStanding,
  TAX_RESYNC_FINISHED,
  TAX_RESYNC_PROGRESS,
  TaxResyncFinished,
  TaxResyncProgress,
} from './resync/resync.events.js';
export { RESYNC_STATUSES, type ResyncFilter, type ResyncStatus } from './resync/resync-filter.js';
export { ResyncRun, type ResyncRunStatus } from './resync/resync-run.entity.js';
export { RESYNC_JOB } from './resync/resync.schedule.js';
export { type ResyncRequest, ResyncService } from './resync/resync.service.js';
export { AnrokProductService, type ProductCheck } from './settings/anrok-product.service.js';
export { RetentionService } from './retention/retention.service.js';
export { ConnectionService, type NewConnection } from './settings/connection.service.js';
export {
  type CustomerLinkPage,
  type CustomerLinkPageRequest,
  CustomerLinkService,
  type NewCustomerLink,
} from './settings/customer-link.service.js';
export { CustomerNotFoundError } from './settings/customer-not-found.error.js';
export {
  type CustomerOverview,
  CustomerOverviewReadModel,
  type CustomerSummary,
  type CustomerSummaryPage,
  type ShownLink,
} from './settings/customer-overview.read-model.js';
export {
  type CoveragePage,
  type CoverageRequest,
  type ItemCoverage,
  ItemCoverageService,
} from './settings/item-coverage.service.js';
export {
  InvalidMappingError,
  InvalidMappingFileError,
  MappingFileTooLargeError,
  MappingNotFoundError,
} from './settings/item-mapping.error.js';
export {
  ItemMappingService,
  type MappingListRequest,
  type MappingPage,
  type MappingUpsert,
} from './settings/item-mapping.service.js';
export { MappingCsvService, type MappingImport, type MappingImportOptions } from './settings/mapping-csv.service.js';
export { ProductNotAtAnrokError } from './settings/product-not-at-anrok.error.js';
export { AnrokTaxStrategy } from './strategy/anrok.tax-strategy.js';
export { EstimateFailedError } from './strategy/estimate-failed.error.js';
export { InvalidCursorError, SyncRecordNotFoundError } from './records/record.error.js';
export {
  type RecordDetails,
  RecordDetailsReadModel,
  type RelatedDocument,
  type ShownTransaction,
  type Wait,
} from './records/record-details.read-model.js';
export type { RecordedLine, RecordedTaxes } from './mapping/recorded-taxes.js';
export { whoFixes } from './catalogue/who-fixes.js';
export {
  type ConnectionSummary,
  type DaySummary,
  type TaxSyncSummary,
  TaxSyncSummaryReadModel,
} from './records/tax-sync.summary.js';
export type { RecordFilter } from './records/record-filter.js';
export {
  CreditedInvoiceNotRecordedError,
  CreditExceedsInvoiceError,
  DocumentChangedError,
  SyncAbandonedError,
  TransactionChangedError,
  UnexpectedSyncError,
} from './sync/sync.error.js';
export {
  TAX_APPLIED,
  TAX_FAILED,
  TAX_RECOVERED,
  TAX_VOIDED,
  TAX_WAITING,
  TaxApplied,
  TaxFailed,
  TaxRecovered,
  TaxVoided,
  TaxWaiting,
} from './sync/tax-sync.events.js';
export { HeldTransaction } from './records/held-transaction.entity.js';
export {
  type Backlog,
  type RecordHistory,
  type RecordPage,
  type RecordPageRequest,
  type Standing,
  TaxSyncReadModel,
  type Workload,
} from './records/tax-sync.read-model.js';
export { TaxSyncService } from './requests/tax-sync.service.js';
export { TaxSyncWorker } from './sync/tax-sync.worker.js';
export { type SyncStatus, TaxSyncRecord } from './records/tax-sync-record.entity.js';

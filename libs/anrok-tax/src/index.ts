export { type AdminExtras, type AnrokTaxModuleExtras } from './anrok-tax.module-definition.js';
export { AnrokTaxModule } from './anrok-tax.module.js';
export { Clock, SystemClock } from './clock.js';
export { ANROK_RATE_LIMITER } from './connection/anrok-clients.js';
export { AnrokPages } from './connection/anrok-pages.js';
export { Connection } from './connection/connection.entity.js';
export {
  ApiKeyUnreadableError,
  ConnectionCodeTakenError,
  ConnectionNotFoundError,
  CustomerNotLinkedError,
} from './connection/connection.error.js';
export { CustomerLink } from './connection/customer-link.entity.js';
export { anrokTaxEntities } from './entities.js';
export { BillingHost, type DocumentProblem, type DocumentTaxes, type HostDocument } from './host/billing-host.js';
export { EVERY, type ItemMapping } from './mapping/item-mapping.js';
export { AnswerDoesNotFitError, CustomerAddressUnusableError, ItemsNotMappedError } from './mapping/mapping.error.js';
export type {
  AnrokTaxModuleOptions,
  HostEvent,
  HostEvents,
  RetryOptions,
  WorkerOptions,
} from './options/anrok-tax.options.js';
export { AnrokTaxConfigurationError } from './options/configuration.error.js';
export { ConnectionService, type NewConnection } from './settings/connection.service.js';
export { CustomerLinkService, type NewCustomerLink } from './settings/customer-link.service.js';
export { ItemMappingService } from './settings/item-mapping.service.js';
export { AnrokTaxStrategy } from './strategy/anrok.tax-strategy.js';
export { EstimateFailedError } from './strategy/estimate-failed.error.js';
export { SyncRecordNotFoundError } from './records/record.error.js';
export { DocumentChangedError, UnexpectedSyncError } from './sync/sync.error.js';
export { TAX_APPLIED, TAX_FAILED, TAX_WAITING, TaxApplied, TaxFailed, TaxWaiting } from './sync/tax-sync.events.js';
export { HeldTransaction } from './records/held-transaction.entity.js';
export {
  type RecordFilter,
  type RecordHistory,
  type Standing,
  TaxSyncReadModel,
} from './records/tax-sync.read-model.js';
export { TaxSyncService } from './requests/tax-sync.service.js';
export { TaxSyncWorker } from './sync/tax-sync.worker.js';
export { type SyncStatus, TaxSyncRecord } from './records/tax-sync-record.entity.js';

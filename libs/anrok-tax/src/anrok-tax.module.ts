import { EntityManager } from '@mikro-orm/core';
import { HttpModule } from '@nestjs/axios';
import { Module } from '@nestjs/common';
import { ConfigurableModuleClass, MODULE_OPTIONS_TOKEN } from './anrok-tax.module-definition.js';
import { Clock, SystemClock } from './clock.js';
import { AccountFeatures } from './connection/account-features.js';
import { AnrokBudget } from './connection/anrok-budget.js';
import { ANROK_RATE_LIMITER, AnrokClients } from './connection/anrok-clients.js';
import { AnrokPages } from './connection/anrok-pages.js';
import { AnrokTime } from './connection/anrok-time.js';
import { ApiKeyCipher } from './connection/api-key.cipher.js';
import { ApiKeyRotation } from './connection/api-key.rotation.js';
import { ConnectionHealth } from './connection/connection.health.js';
import { DocumentMapper } from './connection/document-mapper.js';
import { RecentSettings } from './connection/recent-settings.js';
import { CustomerCertificateService } from './exemptions/customer-certificate.service.js';
import { TaxIdService } from './exemptions/tax-id.service.js';
import { EstimateCache } from './estimates/estimate.cache.js';
import { AnrokTaxHealth } from './health/anrok-tax.health.js';
import { BacklogGauges } from './health/backlog.gauges.js';
import { BacklogWatch } from './health/backlog.watch.js';
import type { AnrokTaxModuleOptions } from './options/anrok-tax.options.js';
import { WORKER_OFF } from './options/worker-off.js';
import { AnrokTaxOptions } from './options/resolve-options.js';
import { toRateLimiter } from './budget/to-rate-limiter.js';
import { ConnectionRemovalService } from './removal/connection-removal.service.js';
import { ResyncBatches } from './resync/resync.batches.js';
import { ResyncDocuments } from './resync/resync.documents.js';
import { ResyncPlanner } from './resync/resync.planner.js';
import { ResyncRunner } from './resync/resync.runner.js';
import { ResyncRuns } from './resync/resync.runs.js';
import { ResyncSchedule } from './resync/resync.schedule.js';
import { ResyncSurvey } from './resync/resync.survey.js';
import { ResyncService } from './resync/resync.service.js';
import { FinishedRecords } from './retention/finished-records.js';
import { RetentionService } from './retention/retention.service.js';
import { LostConnections } from './lost-connections.js';
import { SchemaCheck } from './schema-check.js';
import { ConnectionService } from './settings/connection.service.js';
import { AnrokProductService } from './settings/anrok-product.service.js';
import { CustomerLinkService } from './settings/customer-link.service.js';
import { CustomerOverviewReadModel } from './settings/customer-overview.read-model.js';
import { ItemCoverageService } from './settings/item-coverage.service.js';
import { ItemMappingService } from './settings/item-mapping.service.js';
import { MappingCsvService } from './settings/mapping-csv.service.js';
import { AnrokEstimates } from './strategy/anrok.estimates.js';
import { PlacesAhead } from './strategy/places-ahead.js';
import { AnrokTaxStrategy } from './strategy/anrok.tax-strategy.js';
import { BillingEventsListener } from './requests/billing-events.listener.js';
import { CreditAllotment } from './sync/credit-allotment.js';
import { CreditNoteTargets } from './sync/credit-note.targets.js';
import { DocumentMoves } from './sync/document-moves.js';
import { DueDocuments } from './sync/due-documents.js';
import { HostDocuments } from './sync/host-documents.js';
import { NextGeneration } from './sync/next-generation.js';
import { RunReads } from './sync/run-reads.js';
import { SyncTargets } from './sync/sync-targets.js';
import { SyncHandover } from './sync/sync-handover.js';
import { SyncPlanner } from './sync/sync.planner.js';
import { TaxSyncLeases } from './sync/tax-sync.leases.js';
import { TransactionSteps } from './sync/transaction-steps.js';
import { TaxSyncProcessor } from './sync/tax-sync.processor.js';
import { BlockingItems } from './records/blocking-items.js';
import { TaxSyncReadModel } from './records/tax-sync.read-model.js';
import { RecordDetailsReadModel } from './records/record-details.read-model.js';
import { TaxSyncSummaryReadModel } from './records/tax-sync.summary.js';
import { TaxSyncResults } from './sync/tax-sync.results.js';
import { TaxSyncService } from './requests/tax-sync.service.js';
import { TaxSyncRuns } from './sync/tax-sync.runs.js';
import { TaxSyncWorker } from './sync/tax-sync.worker.js';
import { CallsTelemetry } from './telemetry/calls.telemetry.js';
import { EstimatesTelemetry } from './telemetry/estimates.telemetry.js';
import { SyncTelemetry } from './telemetry/sync.telemetry.js';
import { Telemetry } from './telemetry/telemetry.js';
import { UnreadableKeyHealing } from './settings/unreadable-key.healing.js';
import { OldAttempts } from './retention/old-attempts.js';
import { WakeUp } from './requests/wake-up.js';
import { WakeUpChannel } from './requests/wake-up.channel.js';

/**
 * Anrok sales tax and VAT for a billing system on NestJS and MikroORM.
 *
 * ```ts
 * AnrokTaxModule.forRootAsync({
 *   billingHost: MyBillingHost,
 *   admin: { guard: MyAdminGuard },
 *   imports: [BillingModule],
 *   inject: [ConfigService],
 *   useFactory: (config: ConfigService) => ({ encryptionKey: config.getOrThrow('ANROK_ENCRYPTION_KEY') }),
 * })
 * ```
 *
 * Needs EventEmitterModule, ScheduleModule and MikroOrmModule at the host's root, `anrokTaxEntities` among the entities and
 * `anrokTaxMigrations` among the migrations.
 */
@Module({
  imports: [HttpModule],
  providers: [
    {
      provide: AnrokTaxOptions,
      inject: [MODULE_OPTIONS_TOKEN, { token: WORKER_OFF, optional: true }],
      useFactory: (given: AnrokTaxModuleOptions, workerOff?: true) =>
        AnrokTaxOptions.from(workerOff ? { ...given, worker: { ...given.worker, enabled: false } } : given),
    },
    { provide: Clock, useClass: SystemClock },
    {
      provide: ANROK_RATE_LIMITER,
      inject: [AnrokTaxOptions, EntityManager],
      useFactory: toRateLimiter,
    },
    Telemetry,
    CallsTelemetry,
    SyncTelemetry,
    EstimatesTelemetry,
    SchemaCheck,
    LostConnections,
    ApiKeyCipher,
    ApiKeyRotation,
    AnrokClients,
    AnrokBudget,
    AnrokPages,
    AnrokTime,
    ConnectionHealth,
    RecentSettings,
    DocumentMapper,
    EstimateCache,
    AnrokEstimates,
    PlacesAhead,
    AnrokTaxStrategy,
    WakeUpChannel,
    WakeUp,
    TaxSyncService,
    TaxSyncLeases,
    TaxSyncResults,
    HostDocuments,
    CreditAllotment,
    DocumentMoves,
    CreditNoteTargets,
    RunReads,
    SyncTargets,
    TransactionSteps,
    NextGeneration,
    SyncPlanner,
    TaxSyncProcessor,
    TaxSyncRuns,
    DueDocuments,
    SyncHandover,
    TaxSyncWorker,
    TaxSyncReadModel,
    RecordDetailsReadModel,
    TaxSyncSummaryReadModel,
    BlockingItems,
    BacklogWatch,
    BacklogGauges,
    AnrokTaxHealth,
    BillingEventsListener,
    ConnectionService,
    UnreadableKeyHealing,
    ItemMappingService,
    ItemCoverageService,
    AnrokProductService,
    MappingCsvService,
    CustomerLinkService,
    CustomerOverviewReadModel,
    AccountFeatures,
    CustomerCertificateService,
    TaxIdService,
    ResyncDocuments,
    ResyncSurvey,
    ResyncRuns,
    ResyncBatches,
    ResyncPlanner,
    ResyncRunner,
    ResyncSchedule,
    ResyncService,
    FinishedRecords,
    OldAttempts,
    RetentionService,
    ConnectionRemovalService,
  ],
  exports: [
    AnrokPages,
    AnrokTaxStrategy,
    EstimateCache,
    TaxSyncService,
    TaxSyncWorker,
    TaxSyncReadModel,
    RecordDetailsReadModel,
    TaxSyncSummaryReadModel,
    AnrokTaxHealth,
    ConnectionService,
    ItemMappingService,
    ItemCoverageService,
    AnrokProductService,
    MappingCsvService,
    CustomerLinkService,
    CustomerOverviewReadModel,
    AccountFeatures,
    CustomerCertificateService,
    TaxIdService,
    ResyncService,
    RetentionService,
    ConnectionRemovalService,
  ],
})
export class AnrokTaxModule extends ConfigurableModuleClass {}

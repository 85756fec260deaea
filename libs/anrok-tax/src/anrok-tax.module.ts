import { InMemoryRateLimiter } from '@anrok-nest/client';
import { HttpModule } from '@nestjs/axios';
import { Module } from '@nestjs/common';
import { ConfigurableModuleClass, MODULE_OPTIONS_TOKEN } from './anrok-tax.module-definition.js';
import { Clock, SystemClock } from './clock.js';
import { ANROK_RATE_LIMITER, AnrokClients } from './connection/anrok-clients.js';
import { AnrokPages } from './connection/anrok-pages.js';
import { ApiKeyCipher } from './connection/api-key.cipher.js';
import { DocumentMapper } from './connection/document-mapper.js';
import type { AnrokTaxModuleOptions } from './options/anrok-tax.options.js';
import { AnrokTaxOptions } from './options/resolve-options.js';
import { SchemaCheck } from './schema-check.js';
import { ConnectionService } from './settings/connection.service.js';
import { CustomerLinkService } from './settings/customer-link.service.js';
import { ItemMappingService } from './settings/item-mapping.service.js';
import { AnrokTaxStrategy } from './strategy/anrok.tax-strategy.js';
import { BillingEventsListener } from './requests/billing-events.listener.js';
import { TaxSyncLeases } from './sync/tax-sync.leases.js';
import { TaxSyncProcessor } from './sync/tax-sync.processor.js';
import { TaxSyncReadModel } from './records/tax-sync.read-model.js';
import { TaxSyncResults } from './sync/tax-sync.results.js';
import { TaxSyncService } from './requests/tax-sync.service.js';
import { TaxSyncWorker } from './sync/tax-sync.worker.js';
import { WakeUp } from './requests/wake-up.js';

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
 * Needs EventEmitterModule and MikroOrmModule at the host's root, `anrokTaxEntities` among the entities and
 * `anrokTaxMigrations` among the migrations.
 */
@Module({
  imports: [HttpModule],
  providers: [
    {
      provide: AnrokTaxOptions,
      inject: [MODULE_OPTIONS_TOKEN],
      useFactory: (given: AnrokTaxModuleOptions) => AnrokTaxOptions.from(given),
    },
    { provide: Clock, useClass: SystemClock },
    {
      provide: ANROK_RATE_LIMITER,
      inject: [AnrokTaxOptions],
      useFactory: ({ requestsPerSecond }: AnrokTaxOptions) => new InMemoryRateLimiter({ requestsPerSecond }),
    },
    SchemaCheck,
    ApiKeyCipher,
    AnrokClients,
    AnrokPages,
    DocumentMapper,
    AnrokTaxStrategy,
    WakeUp,
    TaxSyncService,
    TaxSyncLeases,
    TaxSyncResults,
    TaxSyncProcessor,
    TaxSyncWorker,
    TaxSyncReadModel,
    BillingEventsListener,
    ConnectionService,
    ItemMappingService,
    CustomerLinkService,
  ],
  exports: [
    AnrokPages,
    AnrokTaxStrategy,
    TaxSyncService,
    TaxSyncWorker,
    TaxSyncReadModel,
    ConnectionService,
    ItemMappingService,
    CustomerLinkService,
  ],
})
export class AnrokTaxModule extends ConfigurableModuleClass {}

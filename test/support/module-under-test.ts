import type { RateLimiter } from '@anrok-nest/client';
import { type AnrokSimulator, startAnrokSimulator } from '@anrok-nest/simulator';
import {
  ANROK_RATE_LIMITER,
  type AnrokTaxModuleOptions,
  AnrokTaxModule,
  AnrokTaxStrategy,
  anrokTaxEntities,
  BillingHost,
  Clock,
  ConnectionService,
  CustomerLinkService,
  ItemMappingService,
  ResyncService,
  TaxSyncReadModel,
  TaxSyncRecord,
  TaxSyncService,
  TaxSyncWorker,
} from '@anrok-nest/module';
import { anrokTaxMigrations } from '@anrok-nest/module/migrations';
import { InMemoryBillingHost, ManualClock } from '@anrok-nest/module/testing';
import type { TaxDocument, TaxDocumentReference } from '@anrok-nest/tax';
import { MikroORM } from '@mikro-orm/core';
import { MikroOrmModule } from '@mikro-orm/nestjs';
import type { INestApplicationContext, ModuleMetadata } from '@nestjs/common';
import { EventEmitter2, EventEmitterModule } from '@nestjs/event-emitter';
import { ScheduleModule } from '@nestjs/schedule';
import { Test } from '@nestjs/testing';
import { type DatabaseOptions, emptyDatabase, ormOptions } from './database.js';

export const ENCRYPTION_KEY = Buffer.alloc(32, 1).toString('base64');

export interface ModuleUnderTest {
  readonly app: INestApplicationContext;
  readonly simulator: AnrokSimulator;
  readonly clock: ManualClock;
  readonly host: InMemoryBillingHost;
  readonly orm: MikroORM;
  readonly events: EventEmitter2;
  readonly sync: TaxSyncService;
  readonly worker: TaxSyncWorker;
  readonly records: TaxSyncReadModel;
  readonly strategy: AnrokTaxStrategy;
  readonly connections: ConnectionService;
  readonly mappings: ItemMappingService;
  readonly links: CustomerLinkService;
  readonly resync: ResyncService;
  /** Puts a final document into the host, requests its sync and works off what is due. */
  finalize(document: TaxDocument): Promise<TaxDocumentReference>;
  recordOf(documentId: string): Promise<TaxSyncRecord>;
  close(): Promise<void>;
}

interface ModuleSurroundings {
  readonly database?: DatabaseOptions;
  readonly rateLimiter?: RateLimiter;
  /** Of the simulator's accounts. The first is that of the connection `anrok`. */
  readonly apiKeys?: readonly string[];
  /** Modules beside it. */
  readonly imports?: NonNullable<ModuleMetadata['imports']>;
}

/**
 * The module on a real database, talking to a simulator: with a connection `anrok`, customer `cus-1` linked to it and
 * the item `add_on/setup` mapped. Time stands still, and the worker works when `worker.drain()` says so.
 */
export async function startModule(
  options: Partial<AnrokTaxModuleOptions> = {},
  { database, rateLimiter, apiKeys, imports = [] }: ModuleSurroundings = {},
): Promise<ModuleUnderTest> {
  const clock = new ManualClock();
  const simulator = await startAnrokSimulator({ clock, requestsPerSecond: null, ...(apiKeys && { apiKeys }) });
  const orm = ormOptions(database ?? (await emptyDatabase()), {
    entities: anrokTaxEntities,
    migrations: { migrationsList: anrokTaxMigrations, snapshot: false },
  });
  const building = Test.createTestingModule({
    imports: [
      EventEmitterModule.forRoot(),
      ScheduleModule.forRoot(),
      MikroOrmModule.forRoot(orm as never),
      AnrokTaxModule.forRoot({
        encryptionKey: ENCRYPTION_KEY,
        baseUrl: simulator.url,
        requestsPerSecond: 10_000,
        billingHost: InMemoryBillingHost,
        ...options,
        worker: { enabled: false, ...options.worker },
      }),
      ...imports,
    ],
  });
  building.overrideProvider(Clock).useValue(clock);
  if (rateLimiter) building.overrideProvider(ANROK_RATE_LIMITER).useValue(rateLimiter);
  const testing = await building.compile();
  testing.useLogger(process.env['LOG'] ? ['error', 'warn'] : false);
  await testing.get(MikroORM).migrator.up();
  const app = await testing.init();
  const tested: ModuleUnderTest = {
    app,
    simulator,
    clock,
    host: app.get(BillingHost),
    orm: app.get(MikroORM),
    events: app.get(EventEmitter2),
    sync: app.get(TaxSyncService),
    worker: app.get(TaxSyncWorker),
    records: app.get(TaxSyncReadModel),
    strategy: app.get(AnrokTaxStrategy),
    connections: app.get(ConnectionService),
    mappings: app.get(ItemMappingService),
    links: app.get(CustomerLinkService),
    resync: app.get(ResyncService),
    finalize: async (document) => {
      const reference = tested.host.put(document);
      await tested.sync.request(reference);
      await tested.worker.drain();
      return reference;
    },
    recordOf: (documentId) => tested.orm.em.fork().findOneOrFail(TaxSyncRecord, { documentId }),
    close: async () => {
      await app.close();
      await simulator.close();
    },
  };
  await tested.connections.ensure({ code: 'anrok', name: 'Anrok', apiKey: simulator.apiKey });
  await tested.mappings.upsert('anrok', { itemType: 'add_on', itemId: 'setup', productExternalId: 'saas-business' });
  await tested.links.link({ customerId: 'cus-1', connectionCode: 'anrok' });
  return tested;
}

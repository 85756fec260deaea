import 'reflect-metadata';
import {
  AnrokTaxModule,
  type AnrokTaxModuleExtras,
  type AnrokTaxModuleOptions,
  anrokTaxEntities,
  BillingHost,
  ConnectionService,
  CustomerLinkService,
  ItemMappingService,
  TaxSyncService,
} from '@anrok-nest/module';
import { anrokTaxMigrations } from '@anrok-nest/module/migrations';
import { MikroORM } from '@mikro-orm/core';
import { MikroOrmModule } from '@mikro-orm/nestjs';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { EventEmitterModule } from '@nestjs/event-emitter';
import { ScheduleModule } from '@nestjs/schedule';
import { ormOptions } from '../../support/database.ts';
import { type BenchDatabase, databaseOptions } from '../databases.ts';
import { CUSTOMER, invoice, NumberedBillingHost } from './numbered.billing-host.ts';

/** The most that the module takes, and more than anybody here asks for. */
const UNLIMITED = 10_000;

/** Where Anrok is. */
export interface AnrokAt {
  readonly url: string;
  readonly apiKey: string;
}

/**
 * The module in this process, as it is built for production, without HTTP: no limit, no worker and no schedule unless
 * the options say so. Its tables have to be there: see `furnish`.
 */
export async function startModule(
  database: BenchDatabase,
  anrok: AnrokAt,
  options: Partial<AnrokTaxModuleOptions & Pick<AnrokTaxModuleExtras, 'billingHost'>> = {},
): Promise<INestApplicationContext> {
  const module = AnrokTaxModule.forRoot({
    encryptionKey: Buffer.alloc(32, 1).toString('base64'),
    baseUrl: anrok.url,
    requestsPerSecond: UNLIMITED,
    billingHost: NumberedBillingHost,
    worker: { enabled: false },
    resync: { cron: null },
    imports: [
      EventEmitterModule.forRoot(),
      ScheduleModule.forRoot(),
      MikroOrmModule.forRoot(moduleOrm(database) as never),
    ],
    ...options,
  });
  return NestFactory.createApplicationContext(module, { logger: ['error'], abortOnError: false });
}

/** Makes the tables in an empty database. */
export async function furnish(database: BenchDatabase): Promise<void> {
  const orm = await MikroORM.init(moduleOrm(database));
  await orm.migrator.up();
  await orm.close();
}

/** A connection `anrok`, the customer of all documents linked to it, and their item mapped. */
export async function connect(app: INestApplicationContext, { apiKey }: AnrokAt): Promise<void> {
  await app.get(ConnectionService).ensure({ code: 'anrok', name: 'Anrok', apiKey });
  const mapping = { itemType: 'add_on', itemId: 'setup', productExternalId: 'saas-business' };
  await app.get(ItemMappingService).upsert('anrok', mapping);
  await app.get(CustomerLinkService).link({ customerId: CUSTOMER, connectionCode: 'anrok' });
}

/** The first so many invoices are to be synced. */
export async function requestInvoices(app: INestApplicationContext, count: number): Promise<void> {
  const sync = app.get(TaxSyncService);
  const em = app.get(MikroORM).em.fork();
  await em.transactional(async () => {
    for (let number = 0; number < count; number++) await sync.request(invoice(number));
  });
}

/** The billing system of this process. */
export function billingHostOf(app: INestApplicationContext): NumberedBillingHost {
  return app.get(BillingHost);
}

function moduleOrm(database: BenchDatabase) {
  return ormOptions(databaseOptions(database), {
    entities: anrokTaxEntities,
    migrations: { migrationsList: anrokTaxMigrations, snapshot: false, silent: true },
  });
}

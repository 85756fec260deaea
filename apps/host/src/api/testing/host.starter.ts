import { FlatRateTaxStrategy, type TaxStrategy, TaxStrategyRegistry } from '@anrok-nest/tax';
import { EntityManager, MikroORM, RequestContext } from '@mikro-orm/core';
import { MikroOrmModule } from '@mikro-orm/nestjs';
import { type DynamicModule, Module, type Provider, type Type } from '@nestjs/common';
import { EventEmitterModule } from '@nestjs/event-emitter';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Test } from '@nestjs/testing';
import { Client } from 'lago-javascript-client';
import {
  BillingModule,
  Clock,
  CustomerIntegrations,
  DocumentTaxesModule,
  NoCustomerIntegrations,
  type WebhookOptions,
  WebhooksModule,
} from '../../billing/index.js';
import { ApiModule, configureApi } from '../index.js';
import { FixedClock } from './fixed.clock.js';
import { testDatabase } from './test-database.js';

export const API_KEY = 'test_key';

const WEBHOOKS = { signingKey: Buffer.alloc(32, 5), retentionDays: 30, worker: false };

export interface TestHostOptions {
  /** 10 % flat when absent. */
  readonly strategies?: readonly TaxStrategy[];
  /** None when absent. */
  readonly integrations?: CustomerIntegrations;
  /** Sent when a test says so, unless it wants the worker. */
  readonly webhooks?: Partial<WebhookOptions>;
  /** Days; none when absent. */
  readonly invoiceGracePeriod?: number;
  /** Whether it bills by itself; false when absent. */
  readonly schedule?: boolean;
  /** Event listeners and the like. */
  readonly providers?: readonly Provider[];
  /** What the application serves besides the API. */
  readonly controllers?: readonly Type[];
}

/** A host on a database and a port of its own, and the official client of the API that it offers. */
export type TestHost = Awaited<ReturnType<typeof startHost>>;

export async function startHost(options: TestHostOptions = {}) {
  const clock = new FixedClock();
  const testing = await Test.createTestingModule({
    imports: [
      MikroOrmModule.forRoot(testDatabase()),
      EventEmitterModule.forRoot(),
      ApiModule.register({
        apiKey: API_KEY,
        webhooks: WebhooksModule.register({ ...WEBHOOKS, ...options.webhooks }),
        billing: BillingModule.register({
          imports: [TaxTestModule.with(options)],
          ...(options.invoiceGracePeriod !== undefined && { invoiceGracePeriod: options.invoiceGracePeriod }),
          ...(options.schedule !== undefined && { schedule: options.schedule }),
        }),
      }),
    ],
    providers: [...(options.providers ?? [])],
    controllers: [...(options.controllers ?? [])],
  })
    .overrideProvider(Clock)
    .useValue(clock)
    .compile();
  const app = testing.createNestApplication<NestExpressApplication>({ logger: false });
  configureApi(app);
  const orm = app.get(MikroORM);
  await orm.migrator.up();
  await app.listen(0, '127.0.0.1');

  const url = `${await app.getUrl()}/api/v1`;
  return {
    app,
    clock,
    url,
    lago: Client(API_KEY, { baseUrl: url }),
    /** Runs something as a worker would: in a context of its own, outside of any request. */
    inContext: <T>(work: (em: EntityManager) => Promise<T>) =>
      RequestContext.create(orm.em, () => work(app.get(EntityManager))),
    close: async () => {
      await orm.schema.dropDatabase();
      await app.close();
    },
  };
}

/** Stands where a real host has its tax module: above DocumentTaxesModule, below BillingModule. */
@Module({})
class TaxTestModule {
  static with({ strategies, integrations }: TestHostOptions): DynamicModule {
    const registry = new TaxStrategyRegistry(strategies ?? [new FlatRateTaxStrategy({ rate: '0.1' })]);
    return {
      module: TaxTestModule,
      imports: [DocumentTaxesModule],
      providers: [
        { provide: TaxStrategyRegistry, useValue: registry },
        { provide: CustomerIntegrations, useValue: integrations ?? new NoCustomerIntegrations() },
      ],
      exports: [TaxStrategyRegistry, CustomerIntegrations],
    };
  }
}

import { describe, expect, it } from '@jest/globals';
import { AnrokTaxModule, anrokTaxEntities, WORKER_OFF } from '@anrok-nest/module';
import { anrokTaxMigrations } from '@anrok-nest/module/migrations';
import { InMemoryBillingHost } from '@anrok-nest/module/testing';
import { MikroORM, type Options } from '@mikro-orm/core';
import { MikroOrmModule } from '@mikro-orm/nestjs';
import type { DynamicModule } from '@nestjs/common';
import { EventEmitterModule } from '@nestjs/event-emitter';
import { ScheduleModule } from '@nestjs/schedule';
import { Test } from '@nestjs/testing';
import { emptyDatabase, ormOptions } from '../support/database.js';
import { ENCRYPTION_KEY } from '../support/module-under-test.js';

const compile = async (
  orm: Partial<Options>,
  options: object = {},
  imports: DynamicModule[] = [ScheduleModule.forRoot()],
) => {
  const testing = await Test.createTestingModule({
    imports: [
      EventEmitterModule.forRoot(),
      ...imports,
      MikroOrmModule.forRoot(ormOptions(await emptyDatabase(), orm) as never),
      AnrokTaxModule.forRoot({ encryptionKey: ENCRYPTION_KEY, billingHost: InMemoryBillingHost, ...options }),
    ],
  }).compile();
  testing.useLogger(false);
  return testing;
};
const complete = { entities: anrokTaxEntities, migrations: { migrationsList: anrokTaxMigrations, snapshot: false } };

describe('the module', () => {
  it('refuses to start without its tables, and says which command makes them', async () => {
    const testing = await compile(complete);
    await expect(testing.init()).rejects.toMatchObject({
      name: 'AnrokTaxConfigurationError',
      message: expect.stringMatching(
        /table anrok_connection is missing.*anrok_sync_record.*npx mikro-orm migration:up/,
      ),
    });
    await testing.close();
  });

  it('refuses to start on tables that lack a column', async () => {
    const testing = await compile(complete);
    const orm = testing.get(MikroORM);
    await orm.migrator.up();
    await orm.em.fork().getConnection().execute('alter table anrok_connection drop column masked_api_key');
    await expect(testing.init()).rejects.toThrow(/anrok_connection is missing or out of date.*masked_api_key/);
    await testing.close();
  });

  it('refuses to start where MikroORM does not know its entities', async () => {
    const testing = await compile({ ...complete, entities: [], discovery: { warnWhenNoEntities: false } });
    await expect(testing.init()).rejects.toThrow('add ...anrokTaxEntities to its entities');
    await testing.close();
  });

  it('refuses wrong options before anything runs', async () => {
    await expect(compile(complete, { encryptionKey: 'short', transactionIdPrefix: '' })).rejects.toThrow(
      /encryptionKey must be 32 bytes.*\n.*transactionIdPrefix must be/,
    );
  });

  it('refuses a schedule without a scheduler, where it would need one', async () => {
    const testing = await compile(complete, {}, []);
    await testing.get(MikroORM).migrator.up();
    await expect(testing.init()).rejects.toThrow('import ScheduleModule.forRoot() in your root module');
    await testing.close();
    for (const options of [{ resync: { cron: null } }, { worker: { enabled: false } }]) {
      const fine = await compile(complete, options, []);
      await fine.get(MikroORM).migrator.up();
      await fine.init();
      await fine.close();
    }
  });

  it('does not work where a global module says so, whatever its options say', async () => {
    const providers = [{ provide: WORKER_OFF, useValue: true }];
    class Commands {
      readonly areNotWork = true;
    }
    const off: DynamicModule = { module: Commands, global: true, providers, exports: [WORKER_OFF] };
    const testing = await compile(complete, { worker: { enabled: true } }, [off]);
    await testing.get(MikroORM).migrator.up();
    // a process that works would need a scheduler
    await expect(testing.init()).resolves.toBe(testing);
    await testing.close();
  });

  it('refuses to be without the host’s side of the contract', () => {
    expect(() => AnrokTaxModule.forRoot({ encryptionKey: ENCRYPTION_KEY })).toThrow('billingHost must be the class');
  });

  it.each([
    {},
    { guard: undefined },
    { allowUnauthenticated: true },
    { allowUnauthenticated: 'yes' },
    { guard: InMemoryBillingHost, allowUnauthenticated: 'everybody who reaches it may see and change everything' },
  ])('refuses to mount the admin API as %p: who may reach it is to be said', (admin) => {
    const options = { encryptionKey: ENCRYPTION_KEY, billingHost: InMemoryBillingHost, admin: admin as never };
    expect(() => AnrokTaxModule.forRoot(options)).toThrow(/admin must have either a guard, .* or allowUnauthenticated/);
  });

  it('finds its migrations and its entities in agreement', async () => {
    const testing = await compile(complete);
    const orm = testing.get(MikroORM);
    await orm.migrator.up();
    expect((await orm.schema.getUpdateSchemaSQL({ wrap: false })).trim()).toBe('');
    await orm.migrator.down({ to: 0 });
    await orm.migrator.up();
    await testing.init();
    await testing.close();
  });
});

import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { anrokTaxEntities } from '@anrok-nest/module';
import { anrokTaxMigrations } from '@anrok-nest/module/migrations';
import type { Options } from '@mikro-orm/core';
import { Migrator } from '@mikro-orm/migrations';
import { defineConfig as definePostgres } from '@mikro-orm/postgresql';
import { defineConfig as defineSqlite } from '@mikro-orm/sqlite';
import { hostEntities } from './billing/index.js';
import { type Environment, loadEnvironment } from './config/environment.js';
import { hostMigrations } from './migrations/index.js';

/** One database for the host and the module: that is what lets an invoice and its sync record commit together. */
export function ormOptions(database: Environment['database']): Options {
  const common = {
    entities: [...hostEntities, ...anrokTaxEntities],
    extensions: [Migrator],
    migrations: { migrationsList: [...hostMigrations, ...anrokTaxMigrations], snapshot: false, silent: true },
  };
  if (database.kind === 'postgresql')
    return definePostgres({ ...common, clientUrl: database.url, driverOptions }) as Options;
  // SQLite makes the file, and not its folder
  if (database.file !== ':memory:') mkdirSync(path.dirname(path.resolve(database.file)), { recursive: true });
  return defineSqlite({ ...common, dbName: database.file }) as Options;
}

/** Of the pool: whoever gets no connection for so long is told, and does not wait for ever. */
const driverOptions = { connectionTimeoutMillis: 10_000 };

/** For the command line of MikroORM. */
export default () => ormOptions(loadEnvironment().database);

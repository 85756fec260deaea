import { randomBytes } from 'node:crypto';
import type { Options } from '@mikro-orm/core';
import { Migrator } from '@mikro-orm/migrations';
import { defineConfig as definePostgres, PostgreSqlDriver } from '@mikro-orm/postgresql';
import { defineConfig as defineSqlite, SqliteDriver } from '@mikro-orm/sqlite';
import { hostEntities } from '../../billing/index.js';
import { loadEnvironment } from '../../config/environment.js';
import { hostMigrations } from '../../migrations/index.js';

/**
 * A database of its own for every caller: SQLite in memory, or a new one on the PostgreSQL server of DATABASE_URL.
 * The migrator makes it; whoever asked for it drops it.
 */
export function testDatabase(): Options {
  const { database } = loadEnvironment();
  const common = {
    entities: [...hostEntities],
    extensions: [Migrator],
    migrations: { migrationsList: [...hostMigrations], snapshot: false, silent: true },
  };
  if (database.kind === 'sqlite')
    return defineSqlite({ ...common, driver: SqliteDriver, dbName: ':memory:' }) as Options;
  const url = new URL(database.url);
  url.pathname = `${url.pathname}_test_${randomBytes(6).toString('hex')}`;
  return definePostgres({ ...common, driver: PostgreSqlDriver, clientUrl: url.href }) as Options;
}

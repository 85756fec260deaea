import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { MikroORM } from '@mikro-orm/core';
import { PostgreSqlDriver } from '@mikro-orm/postgresql';
import { SqliteDriver } from '@mikro-orm/sqlite';
import { type Postgres, startPostgres } from '../../scripts/postgres.mjs';
import type { DatabaseOptions } from '../support/database.ts';

export type DatabaseKind = 'postgres' | 'sqlite';

/** Plain data: it can be handed to another process. */
export interface BenchDatabase {
  readonly kind: DatabaseKind;
  /** A URL, or a file. */
  readonly at: string;
}

export function databaseOptions({ kind, at }: BenchDatabase): DatabaseOptions {
  return kind === 'postgres' ? { driver: PostgreSqlDriver, clientUrl: at } : { driver: SqliteDriver, dbName: at };
}

/** A throw-away PostgreSQL, started when it is first wanted, and files of SQLite. */
export class Databases {
  private readonly folder = mkdtempSync(path.join(tmpdir(), 'bench-'));
  private postgres: Postgres | undefined;
  private made = 0;
  /** "PostgreSQL 18.4 …"; undefined as long as none was wanted. */
  postgresVersion: string | undefined;

  /** A database without tables. */
  async empty(kind: DatabaseKind): Promise<BenchDatabase> {
    this.made += 1;
    if (kind === 'sqlite') return { kind, at: path.join(this.folder, `${this.made}.sqlite`) };
    this.postgres ??= await startPostgres();
    const database = { kind, at: this.postgres.url.replace(/\/app$/, `/bench_${this.made}`) };
    const orm = await MikroORM.init({
      ...databaseOptions(database),
      entities: [],
      discovery: { warnWhenNoEntities: false },
    });
    await orm.schema.ensureDatabase();
    const [row] = await orm.em.fork().getConnection().execute<{ version: string }[]>('select version()');
    this.postgresVersion ??= row?.version;
    await orm.close();
    return database;
  }

  async stop(): Promise<void> {
    await this.postgres?.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

import { MikroORM, type Options } from '@mikro-orm/core';
import { Migrator } from '@mikro-orm/migrations';
import { PostgreSqlDriver } from '@mikro-orm/postgresql';
import { SqliteDriver } from '@mikro-orm/sqlite';

export type DatabaseOptions = Pick<Options, 'driver' | 'dbName' | 'clientUrl'>;

/**
 * An empty database for one suite: SQLite in memory, or, with DATABASE_URL, PostgreSQL: one database per Jest worker,
 * emptied.
 *
 * @param file where SQLite keeps it, for suites whose processes come and go
 */
export async function emptyDatabase(file = ':memory:'): Promise<DatabaseOptions> {
  const url = process.env['DATABASE_URL'];
  if (!url) return { driver: SqliteDriver, dbName: file };
  const clientUrl = url.replace(/\/[^/?]+(\?|$)/, `/test_${process.env['JEST_WORKER_ID'] ?? '1'}$1`);
  const options = { driver: PostgreSqlDriver, clientUrl };
  const orm = await MikroORM.init({ ...options, entities: [], discovery: { warnWhenNoEntities: false } });
  await orm.schema.ensureDatabase();
  await orm.em.fork().getConnection().execute('drop schema public cascade; create schema public');
  await orm.close();
  return options;
}

/** The options of a test's MikroORM: quiet, and with the Migrator. */
export function ormOptions(database: DatabaseOptions, options: Partial<Options>): Options {
  return { ...database, extensions: [Migrator], logger: () => {}, ...options } as Options;
}

import { BasePostgreSqlPlatform, type SqlEntityManager } from '@mikro-orm/sql';

/** What is used of a pool of `pg`, MikroORM's driver. */
export interface PostgresPool {
  connect(): Promise<PostgresConnection>;
  query(statement: NamedStatement): Promise<{ rows: unknown[] }>;
  on(event: 'acquire', listener: (connection: PostgresConnection) => void): unknown;
  on(event: 'release', listener: (error: unknown, connection: PostgresConnection) => void): unknown;
}

export interface PostgresConnection {
  query(sql: string): Promise<unknown>;
  on(event: 'notification', listener: (message: { payload?: string }) => void): unknown;
  once(event: 'end', listener: () => void): unknown;
  release(destroy: boolean): void;
}

export interface NamedStatement {
  readonly name: string;
  readonly text: string;
  readonly values: readonly unknown[];
}

/** Undefined on other databases, and where the host brought connections of its own. */
export async function postgresPoolOf(em: SqlEntityManager): Promise<PostgresPool | undefined> {
  if (!(em.getPlatform() instanceof BasePostgreSqlPlatform)) return undefined;
  try {
    return (await em.getConnection().getNativeClient()) as PostgresPool;
  } catch {
    return undefined;
  }
}

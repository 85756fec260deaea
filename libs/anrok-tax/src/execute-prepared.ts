import { createHash } from 'node:crypto';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { type NamedStatement, type PostgresPool, postgresPoolOf } from './postgres-pool.js';

type Prepared = Omit<NamedStatement, 'values'>;

/** Refusals, before anything is done: another connection knows the statement, or its plan does not hold any more. */
const NOT_PREPARED = new Set(['26000', '42P05', '0A000']);

const prepared = new Map<string, Prepared>();
const withoutPreparing = new WeakSet<PostgresPool>();

/**
 * Executes a statement outside of the caller's transaction that PostgreSQL plans once for each connection: planning a
 * short one takes longer than the rest of it. Where a pooler hands out another connection for each statement, and on
 * other databases, it is executed as any other.
 *
 * @param sql of few different texts, which all stay in memory
 */
export async function executePrepared<Row>(
  em: SqlEntityManager,
  sql: string,
  values: readonly unknown[],
): Promise<Row[]> {
  const pool = await postgresPoolOf(em);
  if (!pool || withoutPreparing.has(pool)) return em.getDriver().execute<Row[]>(sql, [...values]);
  try {
    return (await pool.query({ ...toPrepared(sql), values })).rows as Row[];
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    if (!('code' in error && NOT_PREPARED.has(String(error.code))))
      throw em.getPlatform().getExceptionConverter().convertException(error);
    withoutPreparing.add(pool);
    return executePrepared(em, sql, values);
  }
}

function toPrepared(sql: string): Prepared {
  const known = prepared.get(sql);
  if (known) return known;
  let count = 0;
  const text = sql.replaceAll('?', () => `$${(count += 1)}`);
  const statement = { name: `anrok_tax_${createHash('sha256').update(sql).digest('hex').slice(0, 16)}`, text };
  prepared.set(sql, statement);
  return statement;
}

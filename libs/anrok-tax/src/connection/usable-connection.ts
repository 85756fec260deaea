import type { TaxProblem } from '@anrok-nest/tax';
import type { EntityManager } from '@mikro-orm/core';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { executePrepared } from '../execute-prepared.js';
import { type PlainDate, type PlainJson, toDate, toJson } from '../plain-values.js';
import type { Connection } from './connection.entity.js';

/** What using a connection takes. */
export type UsableConnection = Pick<
  Connection,
  'id' | 'code' | 'sellerId' | 'encryptedApiKey' | 'pausedAt' | 'pausedProblem'
>;

export interface ConnectionColumns {
  readonly id: string;
  readonly code: string;
  readonly seller_id: string | null;
  readonly encrypted_api_key: string;
  readonly paused_at: PlainDate | null;
  readonly paused_problem: PlainJson<TaxProblem> | null;
}

/** Of the table under the name `connection`. */
export const CONNECTION_COLUMNS = `connection.id, connection.code, connection.seller_id, connection.encrypted_api_key,
  connection.paused_at, connection.paused_problem`;

export function toUsableConnection(row: ConnectionColumns): UsableConnection {
  return {
    id: row.id,
    code: row.code,
    sellerId: row.seller_id,
    encryptedApiKey: row.encrypted_api_key,
    pausedAt: toDate(row.paused_at),
    pausedProblem: toJson(row.paused_problem),
  };
}

/** As they are now, by id. Outside of the caller's transaction. */
export async function readConnections(
  em: EntityManager,
  ids: readonly string[],
): Promise<ReadonlyMap<string, UsableConnection>> {
  const wanted = [...new Set(ids)];
  const rows = await executePrepared<ConnectionColumns>(
    em as SqlEntityManager,
    `select ${CONNECTION_COLUMNS} from anrok_connection connection
     where connection.id in (${wanted.map(() => '?').join(', ')})`,
    wanted,
  );
  return new Map(rows.map((row) => [row.id, toUsableConnection(row)]));
}

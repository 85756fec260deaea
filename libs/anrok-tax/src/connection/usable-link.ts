import type { EntityManager } from '@mikro-orm/core';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { type PlainDate, toDate } from '../plain-values.js';
import type { CustomerLink } from './customer-link.entity.js';
import {
  CONNECTION_COLUMNS,
  type ConnectionColumns,
  toUsableConnection,
  type UsableConnection,
} from './usable-connection.js';

/** What using a customer's link takes. */
export interface UsableLink extends Pick<CustomerLink, 'customerId' | 'anrokCustomerId' | 'knownAt'> {
  readonly connection: UsableConnection;
}

interface LinkRow extends ConnectionColumns {
  readonly customer_id: string;
  readonly anrok_customer_id: string;
  readonly known_at: PlainDate | null;
}

/** As they are now, by customer; some may have none. Joins the caller's transaction. */
export async function readLinks(
  em: EntityManager,
  customerIds: readonly string[],
): Promise<ReadonlyMap<string, UsableLink>> {
  const wanted = [...new Set(customerIds)];
  if (wanted.length === 0) return new Map();
  const rows = await (em as SqlEntityManager).execute<LinkRow[]>(
    `select link.customer_id, link.anrok_customer_id, link.known_at, ${CONNECTION_COLUMNS}
     from anrok_customer_link link join anrok_connection connection on connection.id = link.connection_id
     where link.customer_id in (${wanted.map(() => '?').join(', ')})`,
    wanted,
  );
  return new Map(rows.map((row) => [row.customer_id, toUsableLink(row)]));
}

function toUsableLink(row: LinkRow): UsableLink {
  return {
    customerId: row.customer_id,
    anrokCustomerId: row.anrok_customer_id,
    knownAt: toDate(row.known_at),
    connection: toUsableConnection(row),
  };
}

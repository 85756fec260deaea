import type { ItemReference, TaxCustomer } from '@anrok-nest/tax';
import type { EntityManager } from '@mikro-orm/core';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { executePrepared } from '../execute-prepared.js';
import type { ItemMapping } from '../mapping/item-mapping.js';
import { ConnectionNotFoundError, CustomerNotLinkedError } from './connection.error.js';
import { aboutItems, type MappingColumns, readMappings, toItemMapping } from './mappings-of.js';
import {
  CONNECTION_COLUMNS,
  type ConnectionColumns,
  toUsableConnection,
  type UsableConnection,
} from './usable-connection.js';

/** Over which connection a customer is taxed, who it is there, and what is mapped. */
export interface AccountSettings {
  readonly connection: UsableConnection;
  readonly anrokCustomerId: string;
  /** Those that can be about the items that were asked for; some that are about others too. */
  readonly mappings: readonly ItemMapping[];
}

/** A connection beside a line of its mapping table, or beside none. */
interface SettingsRow extends ConnectionColumns, Partial<MappingColumns> {
  readonly anrok_customer_id: string | null;
}

const COLUMNS = `${CONNECTION_COLUMNS}, link.anrok_customer_id,
  mapping.item_type, mapping.item_id, mapping.product_external_id`;

/**
 * Reads what an estimate goes by, as it is now: in one statement and as plain rows, because a person waits. The account
 * is the one that comes with the customer, else the one of its link; an id at Anrok that the link knows holds in the
 * same account. Joins the caller's transaction.
 *
 * @throws CustomerNotLinkedError, ConnectionNotFoundError
 */
export async function readAccountSettings(
  em: EntityManager,
  { id, account }: Pick<TaxCustomer, 'id' | 'account'>,
  items: readonly ItemReference[],
): Promise<AccountSettings> {
  const [about, ...rest] = aboutItems(items);
  const mapped = `left join anrok_item_mapping mapping on mapping.connection_id = connection.id and ${about.sql}`;
  const rows = await execute<SettingsRow>(
    em as SqlEntityManager,
    account
      ? `select ${COLUMNS} from anrok_connection connection
         left join anrok_customer_link link on link.connection_id = connection.id and link.customer_id = ?
         ${mapped} where connection.code = ?`
      : `select ${COLUMNS} from anrok_customer_link link
         join anrok_connection connection on connection.id = link.connection_id
         ${mapped} where link.customer_id = ?`,
    account ? [id, ...about.values, account.code] : [...about.values, id],
  );
  const [first] = rows;
  if (!first) throw account ? new ConnectionNotFoundError(account.code) : new CustomerNotLinkedError(id);
  const mappings = rows.filter(isMapped).map(toItemMapping);
  // more items than a statement takes
  for (const more of rest) mappings.push(...(await readMappings(em, first.id, more)));
  return {
    connection: toUsableConnection(first),
    anrokCustomerId: account?.customerId ?? first.anrok_customer_id ?? id,
    mappings,
  };
}

function execute<Row>(em: SqlEntityManager, sql: string, values: readonly unknown[]): Promise<Row[]> {
  return em.isInTransaction() ? em.execute<Row[]>(sql, [...values]) : executePrepared(em, sql, values);
}

function isMapped(row: SettingsRow): row is SettingsRow & MappingColumns {
  return typeof row.item_type === 'string';
}

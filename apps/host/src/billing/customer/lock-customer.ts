import type { EntityManager } from '@mikro-orm/core';
import { type SqlEntityManager, SqlitePlatform } from '@mikro-orm/sql';
import { Customer } from './customer.entity.js';

/**
 * The customer as the database has it now, locked until the transaction ends; null when there is none.
 *
 * The lock is one that foreign keys pass, which MikroORM has no name for: an event and a top-up lock what is theirs, and
 * meet the customer only when they insert an invoice, by then with the sequence that whoever holds the customer wants.
 */
export async function lockCustomer(em: EntityManager, externalId: string): Promise<Customer | null> {
  // SQLite has one writer at a time and needs no lock
  const lock = em.getPlatform() instanceof SqlitePlatform ? '' : 'for no key update';
  const query = `select id from billing_customer where external_id = ? ${lock}`;
  const [found] = await (em as SqlEntityManager).execute<{ id: string }[]>(query, [externalId]);
  return found ? em.findOneOrFail(Customer, found, { refresh: true }) : null;
}

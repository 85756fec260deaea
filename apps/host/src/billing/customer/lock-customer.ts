import { type EntityManager, LockMode } from '@mikro-orm/core';
import { Customer } from './customer.entity.js';

/** The customer as the database has it now, locked until the transaction ends; null when there is none. */
export function lockCustomer(em: EntityManager, externalId: string): Promise<Customer | null> {
  return em.findOne(Customer, { externalId }, { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true });
}

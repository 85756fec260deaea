import { type EntityManager, LockMode } from '@mikro-orm/core';
import { validate } from 'uuid';
import { Invoice } from './invoice.entity.js';

const WHOLE = ['customer', 'fees.taxes', 'taxes'] as const;

/** The whole invoice as the database has it now, or null. */
export async function findInvoice(em: EntityManager, id: string): Promise<Invoice | null> {
  // PostgreSQL fails on what is no UUID instead of not finding it
  if (!validate(id)) return null;
  return em.findOne(Invoice, { id }, { populate: WHOLE, refresh: true });
}

/**
 * The same, locked until the transaction ends: whoever else wants to change it waits, and then sees what became of it.
 * Two steps, because PostgreSQL can't lock the far side of an outer join.
 */
export async function lockInvoice(em: EntityManager, id: string): Promise<Invoice | null> {
  if (!validate(id)) return null;
  const locked = await em.findOne(
    Invoice,
    { id },
    { fields: ['id'], lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true },
  );
  return locked && findInvoice(em, id);
}

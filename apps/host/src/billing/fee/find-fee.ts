import { type EntityManager, LockMode } from '@mikro-orm/core';
import { validate } from 'uuid';
import { Fee } from '../invoice/invoice.entity.js';

/** A fee that stands alone, as the database has it now, or null. */
export async function findStandaloneFee(em: EntityManager, id: string): Promise<Fee | null> {
  // PostgreSQL fails on what is no UUID instead of not finding it
  if (!validate(id)) return null;
  return em.findOne(Fee, { id, invoice: null }, { populate: ['customer', 'taxes'], refresh: true });
}

/** The same, locked until the transaction ends. Two steps, because PostgreSQL can't lock the far side of an outer join. */
export async function lockStandaloneFee(em: EntityManager, id: string): Promise<Fee | null> {
  if (!validate(id)) return null;
  const locked = await em.findOne(
    Fee,
    { id, invoice: null },
    { fields: ['id'], lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true },
  );
  return locked && findStandaloneFee(em, id);
}

import type { EntityManager } from '@mikro-orm/core';
import { validate } from 'uuid';
import { lockInvoice } from '../invoice/find-invoice.js';
import { CreditNote } from './credit-note.entity.js';

/** What belongs to a credit note. */
export const WHOLE = ['invoice.customer', 'items.fee.taxes', 'taxes'] as const;

/** The whole credit note as the database has it now, or null. */
export async function findCreditNote(em: EntityManager, id: string): Promise<CreditNote | null> {
  // PostgreSQL fails on what is no UUID instead of not finding it
  if (!validate(id)) return null;
  return em.findOne(CreditNote, { id }, { populate: WHOLE, refresh: true });
}

/**
 * The same, locked until the transaction ends. The lock is its invoice's, which stands for the invoice and all of its
 * notes: they bound each other, so whoever changes one of them has to look at all.
 */
export async function lockCreditNote(em: EntityManager, id: string): Promise<CreditNote | null> {
  const note = validate(id) ? await em.findOne(CreditNote, { id }, { fields: ['invoice'] }) : null;
  if (!note) return null;
  await lockInvoice(em, note.invoice.id);
  return findCreditNote(em, id);
}

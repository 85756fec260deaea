import type { EntityManager } from '@mikro-orm/core';

/**
 * The EntityManager of the transaction that is open at the caller's, else a fresh one. What may be called inside a
 * host's transaction goes through this: SQLite has a single connection, so a second EntityManager would wait there for
 * the transaction that waits for it.
 */
export function joining(em: EntityManager): EntityManager {
  return em.isInTransaction() ? em : em.fork();
}

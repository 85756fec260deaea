import type { EntityManager } from '@mikro-orm/core';
import type { SqlEntityManager } from '@mikro-orm/sql';

/**
 * The next number of a sequence, from 1. Belongs to the transaction that it is called in: a rollback gives the number
 * back, and whoever wants the next one waits until the transaction ends. That is the price of having no gaps.
 */
export async function nextInSequence(em: EntityManager, name: string): Promise<number> {
  if (!em.isInTransaction()) throw new Error(`A number of the sequence ${name} can only be taken in a transaction.`);
  const rows = await (em as SqlEntityManager).execute<{ value: number }[]>(
    `insert into billing_sequence (name, value) values (?, 1)
     on conflict (name) do update set value = billing_sequence.value + 1 returning value`,
    [name],
  );
  return rows[0]!.value;
}

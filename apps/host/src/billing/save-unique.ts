import { type EntityManager, UniqueConstraintViolationException } from '@mikro-orm/core';
import { InvalidInputError } from './billing.error.js';

/**
 * Saves what the work makes, in a transaction. The database judges whether the value of a field is taken: looking first
 * would be too early.
 *
 * @throws InvalidInputError naming the field when it is
 */
export async function saveUnique<T>(em: EntityManager, field: string, work: () => Promise<T>): Promise<T> {
  try {
    return await em.transactional(work);
  } catch (error) {
    if (error instanceof UniqueConstraintViolationException)
      throw new InvalidInputError({ [field]: ['value_already_exist'] });
    throw error;
  }
}

import { InvalidInputError } from '../billing.error.js';
import type { Customer } from './customer.entity.js';

/**
 * The customer's currency, or the one that its first sale decides on.
 *
 * @throws InvalidInputError when there is none, or the customer pays in another one
 */
export function agreedCurrency(customer: Pick<Customer, 'currency'>, wanted: string | null | undefined): string {
  const currency = wanted ?? customer.currency;
  if (!currency) throw new InvalidInputError({ currency: ['value_is_mandatory'] });
  if (customer.currency && customer.currency !== currency)
    throw new InvalidInputError({ currency: ['currencies_does_not_match'] });
  return currency;
}

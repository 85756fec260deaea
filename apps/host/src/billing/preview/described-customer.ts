import { type EntityManager, type RequiredEntityData, wrap } from '@mikro-orm/core';
import { v7 as uuidv7 } from 'uuid';
import type { CustomerIntegrationRequest } from '../customer/customer-integrations.js';
import { Customer } from '../customer/customer.entity.js';
import type { PostalAddress } from '../customer/postal-address.embeddable.js';
import { PROSPECTIVE } from '../invoice/prospective-invoice.js';

type Details = Pick<Customer, 'name' | 'currency' | 'timezone' | 'taxIdentificationNumber'>;

/** A customer as a caller describes it: one that is there, with changes, or somebody who may become one. */
export interface CustomerDescription extends Partial<Details> {
  /** The caller's own id of one that is there. */
  readonly customerId?: string;
  /** Counts whole, if it says anything: parts of two addresses are no address. The known one when absent. */
  readonly address?: Partial<PostalAddress>;
  /** Likewise. */
  readonly shippingAddress?: Partial<PostalAddress>;
  /** The ties that it would have, which may be none. Those that it has when absent. */
  readonly integrations?: readonly CustomerIntegrationRequest[];
}

/** The customer that is described. Nothing of it is ever written; who isn't there yet has an id of its own. */
export function describedCustomer(
  em: EntityManager,
  known: Customer | null,
  { address, shippingAddress, name, currency, timezone, taxIdentificationNumber }: CustomerDescription,
): Customer {
  const details = Object.entries({ name, currency, timezone, taxIdentificationNumber });
  return em.fork().create(
    Customer,
    {
      externalId: uuidv7(),
      sequentialId: 0,
      ...(known && (wrap(known).toPOJO() as RequiredEntityData<Customer>)),
      ...Object.fromEntries(details.filter(([, value]) => value !== undefined)),
      address: { ...(isGiven(address) ? address : known?.address) },
      shippingAddress: { ...(isGiven(shippingAddress) ? shippingAddress : known?.shippingAddress) },
    },
    PROSPECTIVE,
  );
}

function isGiven(address: Partial<PostalAddress> = {}): boolean {
  return Object.values(address).some((part) => part !== undefined && part !== null);
}

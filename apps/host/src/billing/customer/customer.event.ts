export const CUSTOMER_UPDATED = 'customer.updated';

/** What a customer is called, where it is or how it is taxed has changed. Told inside the transaction of the change. */
export class CustomerUpdated {
  /** @param customerId the caller's own id of the customer */
  constructor(readonly customerId: string) {}
}

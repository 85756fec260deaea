import { TaxError } from '@anrok-nest/tax';

/** The host has none of that id, or doesn't show its customers. */
export class CustomerNotFoundError extends TaxError {
  constructor(customerId: string) {
    super({
      code: 'customer_not_found',
      message: `The host shows no customer ${customerId}.`,
      remedy: 'Take the id from the list of customers; where there is none, implement BillingHost.loadCustomer.',
      retry: 'never',
      details: { customerId },
    });
  }
}

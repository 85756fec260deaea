import type { TaxAccount } from '@anrok-nest/tax';
import { InvalidInputError } from '../billing.error.js';
import {
  type CustomerIntegration,
  type CustomerIntegrationRequest,
  CustomerIntegrations,
} from './customer-integrations.js';

/** For a billing that stands alone: says so, rather than forgetting what it was given. */
export class NoCustomerIntegrations extends CustomerIntegrations {
  async link(_customerId: string, integrations: readonly CustomerIntegrationRequest[]): Promise<void> {
    if (integrations.length > 0) throw new InvalidInputError({ integrationCustomers: ['integration_not_available'] });
  }

  async accountOf(integrations: readonly CustomerIntegrationRequest[]): Promise<TaxAccount | null> {
    await this.link('', integrations);
    return null;
  }

  async of(): Promise<ReadonlyMap<string, readonly CustomerIntegration[]>> {
    return new Map();
  }
}

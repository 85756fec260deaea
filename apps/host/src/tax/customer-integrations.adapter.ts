import { AnrokPages, ConnectionNotFoundError, type CustomerLink, CustomerLinkService } from '@anrok-nest/module';
import { Injectable } from '@nestjs/common';
import {
  type CustomerIntegration,
  type CustomerIntegrationRequest,
  CustomerIntegrations,
  InvalidInputError,
} from '../billing/index.js';

const ANROK = 'anrok';

/** Customers' ties to Anrok, as billing's API shows them. */
@Injectable()
export class AnrokCustomerIntegrations extends CustomerIntegrations {
  constructor(
    private readonly links: CustomerLinkService,
    private readonly pages: AnrokPages,
  ) {
    super();
  }

  override async link(customerId: string, integrations: readonly CustomerIntegrationRequest[]): Promise<void> {
    const [integration, ...more] = integrations;
    if (!integration) return this.links.unlink(customerId);
    if (more.length > 0) throw refused('tax_integration_exists');
    const { integrationType, integrationCode, externalCustomerId, syncWithProvider } = integration;
    if (integrationType !== ANROK) throw refused('value_is_invalid');
    // whom Anrok shall neither create nor already have can't be taxed there
    if (!externalCustomerId && syncWithProvider === false) throw refused('external_customer_id_is_mandatory');
    try {
      await this.links.link({
        customerId,
        connectionCode: integrationCode,
        ...(externalCustomerId && { anrokCustomerId: externalCustomerId }),
      });
    } catch (error) {
      if (error instanceof ConnectionNotFoundError) throw refused('integration_not_found');
      throw error;
    }
  }

  override async of(customerIds: readonly string[]): Promise<ReadonlyMap<string, readonly CustomerIntegration[]>> {
    const links = await this.links.of(customerIds);
    return new Map(links.map((link) => [link.customerId, [this.toIntegration(link)]]));
  }

  private toIntegration(link: CustomerLink): CustomerIntegration {
    const page = this.pages.customer(link);
    return {
      id: link.id,
      category: 'tax',
      integrationType: ANROK,
      integrationCode: link.connection.code,
      syncWithProvider: link.createAtAnrok,
      // Anrok has the customer from its first document on
      ...((link.knownAt || !link.createAtAnrok) && { externalCustomerId: link.anrokCustomerId }),
      ...(page && { page }),
    };
  }
}

function refused(reason: string): InvalidInputError {
  return new InvalidInputError({ integration_customers: [reason] });
}

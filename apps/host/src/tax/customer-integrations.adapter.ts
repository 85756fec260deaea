import {
  AnrokPages,
  ConnectionNotFoundError,
  ConnectionService,
  type CustomerLink,
  CustomerLinkService,
} from '@anrok-nest/module';
import type { TaxAccount } from '@anrok-nest/tax';
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
    private readonly connections: ConnectionService,
    private readonly pages: AnrokPages,
  ) {
    super();
  }

  override async link(customerId: string, integrations: readonly CustomerIntegrationRequest[]): Promise<void> {
    const integration = theOnly(integrations);
    if (!integration) return this.links.unlink(customerId);
    const { integrationCode, externalCustomerId, syncWithProvider } = integration;
    // whom Anrok shall neither create nor already have can't be taxed there
    if (!externalCustomerId && syncWithProvider === false) throw refused('external_customer_id_is_mandatory');
    await refusing(
      this.links.link({
        customerId,
        connectionCode: integrationCode,
        ...(externalCustomerId && { anrokCustomerId: externalCustomerId }),
      }),
    );
  }

  override async accountOf(integrations: readonly CustomerIntegrationRequest[]): Promise<TaxAccount | null> {
    const integration = theOnly(integrations);
    if (!integration) return null;
    const { code } = await refusing(this.connections.byCode(integration.integrationCode));
    const { externalCustomerId: customerId } = integration;
    return { strategy: ANROK, code, ...(customerId && { customerId }) };
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

/** One connection taxes a customer, and nobody else's. */
function theOnly(integrations: readonly CustomerIntegrationRequest[]): CustomerIntegrationRequest | undefined {
  const [integration, ...more] = integrations;
  if (more.length > 0) throw refused('tax_integration_exists');
  if (integration && integration.integrationType !== ANROK) throw refused('value_is_invalid');
  return integration;
}

async function refusing<T>(asked: Promise<T>): Promise<T> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof ConnectionNotFoundError) throw refused('integration_not_found');
    throw error;
  }
}

function refused(reason: string): InvalidInputError {
  return new InvalidInputError({ integration_customers: [reason] });
}

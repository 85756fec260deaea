import type { Customer, CustomerIntegration, PostalAddress } from '../../billing/index.js';

/** A customer as the API shows it. Features that this billing doesn't have are empty or missing, never made up. */
export function toCustomerObject(customer: Customer, integrations: readonly CustomerIntegration[] = []) {
  return {
    lago_id: customer.id,
    sequential_id: customer.sequentialId,
    slug: `CUS-${String(customer.sequentialId).padStart(6, '0')}`,
    external_id: customer.externalId,
    customer_type: customer.type ?? undefined,
    name: customer.name ?? null,
    firstname: customer.firstname ?? null,
    lastname: customer.lastname ?? null,
    legal_name: customer.legalName ?? null,
    legal_number: customer.legalNumber ?? null,
    email: customer.email ?? null,
    phone: customer.phone ?? null,
    url: customer.url ?? null,
    logo_url: customer.logoUrl ?? null,
    currency: customer.currency ?? null,
    timezone: customer.timezone ?? null,
    applicable_timezone: customer.timezone ?? 'UTC',
    tax_identification_number: customer.taxIdentificationNumber ?? null,
    net_payment_term: customer.netPaymentTerm ?? null,
    billing_configuration: { invoice_grace_period: customer.invoiceGracePeriod ?? null },
    ...toAddressObject(customer.address),
    shipping_address: toAddressObject(customer.shippingAddress),
    integration_customers: integrations.map(toIntegrationObject),
    metadata: [],
    created_at: customer.createdAt.toISOString(),
    updated_at: customer.updatedAt.toISOString(),
  };
}

function toAddressObject(address: PostalAddress) {
  return {
    address_line1: address.line1 ?? null,
    address_line2: address.line2 ?? null,
    city: address.city ?? null,
    state: address.state ?? null,
    zipcode: address.zipcode ?? null,
    country: address.country ?? null,
  };
}

function toIntegrationObject(integration: CustomerIntegration) {
  return {
    lago_id: integration.id,
    type: integration.integrationType,
    category: integration.category,
    integration_code: integration.integrationCode,
    external_customer_id: integration.externalCustomerId ?? null,
    // an extension
    external_customer_page: integration.page ?? null,
    sync_with_provider: integration.syncWithProvider ?? false,
  };
}

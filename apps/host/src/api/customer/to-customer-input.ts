import type { CustomerInput, PostalAddress } from '../../billing/index.js';
import type { AddressInput, CustomerBody, CustomerIntegrationInput } from './customer.input.js';

/** The caller's words as billing's. Absent stays absent, null stays null. */
export function toCustomerInput(body: CustomerBody): CustomerInput {
  return {
    externalId: body.external_id,
    type: body.customer_type,
    name: body.name,
    firstname: body.firstname,
    lastname: body.lastname,
    legalName: body.legal_name,
    legalNumber: body.legal_number,
    email: body.email,
    phone: body.phone,
    url: body.url,
    logoUrl: body.logo_url,
    currency: body.currency,
    timezone: body.timezone,
    taxIdentificationNumber: body.tax_identification_number,
    netPaymentTerm: body.net_payment_term,
    invoiceGracePeriod: body.billing_configuration?.invoice_grace_period,
    address: toAddress(body),
    shippingAddress: body.shipping_address === null ? NOWHERE : toAddress(body.shipping_address ?? {}),
    ...(body.integration_customers && { integrations: body.integration_customers.map(toIntegration) }),
  };
}

const NOWHERE = { line1: null, line2: null, city: null, state: null, zipcode: null, country: null };

export function toAddress(input: AddressInput): Partial<PostalAddress> {
  return {
    line1: input.address_line1,
    line2: input.address_line2,
    city: input.city,
    state: input.state,
    zipcode: input.zipcode,
    country: input.country,
  };
}

export function toIntegration(input: CustomerIntegrationInput) {
  return {
    integrationType: input.integration_type,
    integrationCode: input.integration_code,
    ...(input.external_customer_id && { externalCustomerId: input.external_customer_id }),
    ...(typeof input.sync_with_provider === 'boolean' && { syncWithProvider: input.sync_with_provider }),
  };
}

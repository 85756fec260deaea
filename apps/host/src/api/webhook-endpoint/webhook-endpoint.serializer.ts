import { ORGANIZATION_ID, type WebhookEndpoint } from '../../billing/index.js';

/** An endpoint as the API shows it, without its secret. */
export function toWebhookEndpointObject(endpoint: WebhookEndpoint) {
  return {
    lago_id: endpoint.id,
    lago_organization_id: ORGANIZATION_ID,
    webhook_url: endpoint.url,
    signature_algo: 'hmac' as const,
    name: endpoint.name ?? null,
    event_types: endpoint.types ?? null,
    created_at: endpoint.createdAt.toISOString(),
  };
}

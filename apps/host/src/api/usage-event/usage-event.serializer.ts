import type { UsageEvent } from '../../billing/index.js';

/** An event as the API shows it. */
export function toUsageEventObject(event: UsageEvent) {
  return {
    lago_id: event.id,
    transaction_id: event.transactionId,
    // null to this API's types: which customer it is follows from the subscription
    lago_customer_id: null,
    lago_subscription_id: event.subscription.id,
    external_subscription_id: event.subscription.externalId,
    code: event.code,
    timestamp: event.timestamp.toISOString(),
    properties: event.properties,
    created_at: event.createdAt.toISOString(),
  };
}

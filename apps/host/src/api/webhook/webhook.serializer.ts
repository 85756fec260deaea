import { WEBHOOK_OBJECTS, type WebhookDelivery } from '../../billing/index.js';

/** A webhook on its way to an endpoint, without its payload. */
export function toWebhookObject(delivery: WebhookDelivery) {
  const { message, endpoint, lastAnswer } = delivery;
  const answered = lastAnswer && 'status' in lastAnswer ? lastAnswer : undefined;
  return {
    lago_id: delivery.id,
    /** What the receiver finds in the header of that name. */
    webhook_id: message.id,
    webhook_type: message.type,
    object_type: WEBHOOK_OBJECTS[message.type],
    lago_webhook_endpoint_id: endpoint.id,
    endpoint: endpoint.url,
    status: delivery.status,
    attempts: delivery.attempts,
    http_status: answered?.status ?? null,
    response: answered?.body ?? null,
    failure: lastAnswer && 'failure' in lastAnswer ? lastAnswer.failure : null,
    last_tried_at: delivery.lastTriedAt?.toISOString() ?? null,
    // a lease ends at some time too, which is not when it is tried again
    retry_at: (delivery.status === 'retrying' && !delivery.leaseOwner && delivery.dueAt?.toISOString()) || null,
    created_at: delivery.createdAt.toISOString(),
  };
}

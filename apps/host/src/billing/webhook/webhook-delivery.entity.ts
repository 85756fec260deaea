import { defineEntity, p } from '@mikro-orm/core';
import { WebhookEndpoint } from './webhook-endpoint.entity.js';
import { WebhookMessage } from './webhook-message.entity.js';

/**
 * `pending`: to be sent. `retrying`: to be sent again at `dueAt`. `succeeded`: the endpoint has it. `failed`: given up,
 * until somebody asks for it again.
 */
export const DELIVERY_STATUSES = ['pending', 'retrying', 'succeeded', 'failed'] as const;
export type DeliveryStatus = (typeof DELIVERY_STATUSES)[number];

/** What came back: the beginning of an answer, or why there was none, such as `timeout` or `ECONNREFUSED`. */
export type WebhookAnswer = { readonly status: number; readonly body: string } | { readonly failure: string };

const WebhookDeliverySchema = defineEntity({
  name: 'WebhookDelivery',
  tableName: 'billing_webhook_delivery',
  properties: {
    id: p.uuid().primary(),
    message: () => p.manyToOne(WebhookMessage).deleteRule('cascade').index(),
    endpoint: () => p.manyToOne(WebhookEndpoint).deleteRule('cascade').index(),
    status: p.string().length(20).$type<DeliveryStatus>(),
    /** When it may be claimed, and the lease's end while somebody has it. Null once it is over. */
    dueAt: p.datetime(3).nullable(),
    /** Who is sending it. Whoever writes down what came of it has to name the same. */
    leaseOwner: p.string().length(36).nullable(),
    /** Tries since it was written, or since it was last asked for. One that broke off counts. */
    attempts: p.integer(),
    firstFailedAt: p.datetime(3).nullable(),
    lastTriedAt: p.datetime(3).nullable(),
    lastAnswer: p.json<WebhookAnswer>().nullable(),
    createdAt: p.datetime(3),
  },
  indexes: [
    // claims read this one; what is over is not in it, so that history doesn't slow them down
    { properties: ['dueAt'], where: { status: { $in: ['pending', 'retrying'] } } },
    { properties: ['status'] },
  ],
});

/** A message on its way to an endpoint. */
export class WebhookDelivery extends WebhookDeliverySchema.class {}
WebhookDeliverySchema.setClass(WebhookDelivery);

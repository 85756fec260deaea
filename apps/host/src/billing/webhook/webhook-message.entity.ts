import { defineEntity, p } from '@mikro-orm/core';
import type { WebhookType } from './webhook-type.js';

const WebhookMessageSchema = defineEntity({
  name: 'WebhookMessage',
  tableName: 'billing_webhook_message',
  properties: {
    /** The same for every endpoint and in every try: receivers know by it what they have had already. */
    id: p.uuid().primary(),
    type: p.string().length(64).$type<WebhookType>(),
    /** JSON as it is sent, to the byte. Loaded when it is asked for. */
    body: p.text().lazy(),
    createdAt: p.datetime(3).index(),
  },
});

/** Something that receivers are to be told, written in the transaction that did it. */
export class WebhookMessage extends WebhookMessageSchema.class {}
WebhookMessageSchema.setClass(WebhookMessage);

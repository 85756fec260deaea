import { defineEntity, p } from '@mikro-orm/core';
import { v7 as uuidv7 } from 'uuid';
import type { WebhookType } from './webhook-type.js';

const WebhookEndpointSchema = defineEntity({
  name: 'WebhookEndpoint',
  tableName: 'billing_webhook_endpoint',
  properties: {
    id: p
      .uuid()
      .primary()
      .onCreate(() => uuidv7()),
    url: p.string().length(2048).unique(),
    name: p.string().length(255).nullable(),
    /** All when null. */
    types: p.json<readonly WebhookType[]>().nullable(),
    createdAt: p.datetime(3).onCreate(() => new Date()),
    updatedAt: p
      .datetime(3)
      .onCreate(() => new Date())
      .onUpdate(() => new Date()),
  },
});

/** Where webhooks go. Its secret is derived from its id: see WebhookSecrets. */
export class WebhookEndpoint extends WebhookEndpointSchema.class {}
WebhookEndpointSchema.setClass(WebhookEndpoint);

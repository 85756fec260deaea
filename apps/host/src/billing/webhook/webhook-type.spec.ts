import { describe, expect, it } from '@jest/globals';
import type { LagoWebhookPayloads, LagoWebhookType } from 'lago-javascript-client';
import { WEBHOOK_OBJECTS, WEBHOOK_TYPES, type WebhookType } from './webhook-type.js';

// the compiler checks both: a name or an object that Lago has otherwise, and an extension that is not listed here
const official: { readonly [T in Extract<WebhookType, LagoWebhookType>]: LagoWebhookPayloads[T]['object_type'] } =
  WEBHOOK_OBJECTS;
const extensions: Record<Exclude<WebhookType, LagoWebhookType>, true> = {
  'invoice.failed': true,
  'credit_note.voided': true,
};

describe('the types of webhooks', () => {
  it('are Lago’s, but for the extensions', () => {
    const ours = WEBHOOK_TYPES.filter((type) => type in extensions);
    expect(ours).toEqual(Object.keys(extensions));
    expect(Object.keys(official)).toEqual(expect.arrayContaining(ours));
  });
});

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Drafting, startDrafting } from '../testing/drafting.js';
import { WebhookReceiver } from '../testing/webhook.receiver.js';
import { dispatch, listenAt } from '../testing/webhooks.js';

describe('the webhooks of a draft', () => {
  let on: Drafting;
  let receiver: WebhookReceiver;
  beforeAll(async () => {
    on = await startDrafting();
    receiver = await WebhookReceiver.start();
    await listenAt(on.host, receiver.url);
  });
  afterAll(async () => {
    await on.host.close();
    await receiver.close();
  });

  it('tell that it was drafted, and that it was created once it has its tax', async () => {
    on.strategy.settles();
    const draft = await on.drafted();
    await on.refresh(draft);
    await on.host.lago.invoices.finalizeInvoice(draft.lago_id);
    await dispatch(on.host);
    expect(receiver.received.map(({ body }) => [body.webhook_type, body.invoice])).toEqual([
      ['invoice.drafted', expect.objectContaining({ lago_id: draft.lago_id, status: 'draft' })],
      ['invoice.created', expect.objectContaining({ lago_id: draft.lago_id, status: 'finalized' })],
    ]);
  });
});

import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startHost, type TestHost } from '../../api/testing/host.starter.js';
import { WebhookReceiver } from '../../api/testing/webhook.receiver.js';
import { callWebhooks, dispatch, forgetWebhooks, listenAt, listWebhooks } from '../../api/testing/webhooks.js';
import { WebhookMessage } from './webhook-message.entity.js';
import { WebhookOutbox } from './webhook.outbox.js';
import { WebhookRetention } from './webhook.retention.js';

describe('WebhookRetention', () => {
  let host: TestHost;
  let receiver: WebhookReceiver;
  beforeAll(async () => {
    host = await startHost();
    receiver = await WebhookReceiver.start();
  });
  beforeEach(async () => {
    await forgetWebhooks(host);
    receiver.forget();
    host.clock.set('2026-03-15T12:00:00Z');
    await listenAt(host, receiver.url);
  });
  afterAll(async () => {
    await host.close();
    await receiver.close();
  });

  const tell = () => host.app.get(WebhookOutbox, { strict: false }).add('fee.created', async () => ({}));
  const sweep = () => host.app.get(WebhookRetention, { strict: false }).sweep();
  const messages = () => host.inContext((em) => em.count(WebhookMessage));

  it('forgets what was delivered thirty days ago, with its deliveries', async () => {
    await tell();
    await dispatch(host);
    host.clock.set('2026-04-14T11:59:59Z');
    expect(await sweep()).toBe(0);
    host.clock.set('2026-04-14T12:00:01Z');
    await tell();
    expect(await sweep()).toBe(1);
    expect(await messages()).toBe(1);
    expect(await listWebhooks(host)).toMatchObject([{ status: 'pending' }]);
  });

  it('keeps what one endpoint is still to have, was refused, or has had for less long', async () => {
    await listenAt(host, `${receiver.url}/2`);
    await tell();
    receiver.next((response) => response.writeHead(410).end());
    await dispatch(host);
    host.clock.set('2026-05-15T12:00:00Z');
    expect(await sweep()).toBe(0);
    const [failed] = await listWebhooks(host, '?status=failed');
    await callWebhooks(host, 'POST', `/${failed!.lago_id}/retry`);
    expect(await sweep()).toBe(0);
    await dispatch(host);
    expect(await sweep()).toBe(0);
    host.clock.set('2026-06-15T12:00:00Z');
    expect(await sweep()).toBe(1);
  });

  it('forgets what was for endpoints that are gone', async () => {
    await tell();
    for (const { lago_id } of (await host.lago.webhookEndpoints.findAllWebhookEndpoints()).data.webhook_endpoints)
      await host.lago.webhookEndpoints.destroyWebhookEndpoint(lago_id);
    host.clock.set('2026-04-14T12:00:01Z');
    expect(await sweep()).toBe(1);
  });
});

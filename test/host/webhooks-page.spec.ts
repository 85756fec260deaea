import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { WebhookDispatcher } from '../../apps/host/src/billing/index.js';
import { WebhookReceiver } from '../../apps/host/src/api/testing/webhook.receiver.js';
import { DENVER, HOST_API_KEY, HostUnderTest } from '../support/host-under-test.js';

const DAYS_MS = 86_400_000;

describe('the page of webhooks', () => {
  let host: HostUnderTest;
  let receiver: WebhookReceiver;
  beforeAll(async () => {
    host = await HostUnderTest.start();
    receiver = await WebhookReceiver.start();
    await host.customer('acme', DENVER);
  });
  afterAll(async () => {
    await receiver.close();
    await host.close();
  });

  const dispatch = () => host.app.get(WebhookDispatcher, { strict: false }).drain();
  const visit = (path: string, init: RequestInit = {}) =>
    fetch(`${host.url}/webhooks${path}`, {
      redirect: 'manual',
      headers: { authorization: `Bearer ${HOST_API_KEY}` },
      ...init,
    });
  const page = async () => (await visit('')).text();

  it('shows what failed and why, and sends it again at a click', async () => {
    expect(await page()).toContain('None was sent yet');
    await host.lago.webhookEndpoints.createWebhookEndpoint({
      webhook_endpoint: { webhook_url: `${receiver.url}?<b>=1` },
    });
    receiver.always((response) => response.writeHead(500).end());
    await host.invoice('acme', {});
    for (let day = 0; day < 5; day += 1) {
      await dispatch();
      host.clock.advance(DAYS_MS);
    }
    const failed = await page();
    expect(failed).toContain('invoice.created');
    expect(failed).toMatch(/tries, last answered 500/);
    expect(failed).not.toContain('<b>');
    const action = /action="\/webhooks(\/[^"]+)"/.exec(failed)![1]!;

    receiver.always((response) => response.writeHead(204).end());
    const again = await visit(action, { method: 'POST' });
    expect([again.status, again.headers.get('location')]).toEqual([303, '/webhooks']);
    await dispatch();
    expect(await page()).toMatch(/succeeded/);
  });

  it('is shown to nobody who is not signed in', async () => {
    for (const answer of [await visit('', { headers: {} }), await visit('/x/retry', { method: 'POST', headers: {} })])
      expect(answer.status).toBe(401);
  });
});

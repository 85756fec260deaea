import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { EntityManager } from '@mikro-orm/core';
import type { Type } from '@nestjs/common';
import { Webhook } from 'standardwebhooks';
import { startHost, type TestHost } from '../../api/testing/host.starter.js';
import { WebhookReceiver } from '../../api/testing/webhook.receiver.js';
import { dispatch, forgetWebhooks, listenAt, listWebhooks } from '../../api/testing/webhooks.js';
import { WebhookDispatcher } from './webhook.dispatcher.js';
import { WebhookLeases } from './webhook.leases.js';
import { WEBHOOK_OPTIONS, type WebhookOptions } from './webhook.options.js';
import { WebhookOutbox } from './webhook.outbox.js';
import { WebhookSecrets } from './webhook.secrets.js';
import { WebhookSender } from './webhook.sender.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const LEASE = MINUTE;

describe('WebhookDispatcher', () => {
  let host: TestHost;
  let receiver: WebhookReceiver;
  let now: number;
  beforeAll(async () => {
    host = await startHost();
    receiver = await WebhookReceiver.start();
  });
  beforeEach(async () => {
    await forgetWebhooks(host);
    receiver.forget();
    // what verifies signatures looks at the real clock
    now = Date.now();
    advance(0);
  });
  afterAll(async () => {
    await host.close();
    await receiver.close();
  });

  const advance = (ms: number) => {
    now += ms;
    host.clock.set(new Date(now).toISOString());
  };
  const tell = (lago_id = '1') =>
    host.app.get(WebhookOutbox, { strict: false }).add('invoice.created', async () => ({ lago_id }));
  const inHost = <T>(token: Type<T>) => host.app.get(token, { strict: false });
  /** As another process has one. */
  const anotherDispatcher = (changes: Partial<WebhookOptions> = {}) => {
    const options = { ...host.app.get<WebhookOptions>(WEBHOOK_OPTIONS, { strict: false }), ...changes };
    const leases = new WebhookLeases(host.app.get(EntityManager));
    return new WebhookDispatcher(host.clock, leases, inHost(WebhookSecrets), new WebhookSender(options), options);
  };
  const ids = () => receiver.received.map(({ headers }) => headers['webhook-id']);

  it('sends once what is taken, signed with the endpoint’s secret', async () => {
    const { secret } = await listenAt(host, receiver.url);
    await tell();
    await dispatch(host);
    await dispatch(host);
    const [{ text, headers }, ...more] = receiver.received as [(typeof receiver.received)[0]];
    expect(more).toEqual([]);
    expect(new Webhook(secret).verify(text, headers)).toMatchObject({ invoice: { lago_id: '1' } });
    expect(await listWebhooks(host)).toMatchObject([
      { status: 'succeeded', attempts: 1, http_status: 204, webhook_id: ids()[0], retry_at: null },
    ]);
  });

  it.each<[string, Parameters<WebhookReceiver['next']>[0], object]>([
    ['an error', (response) => response.writeHead(500).end('oops'), { http_status: 500, response: 'oops' }],
    ['a redirect', (response) => response.writeHead(301, { location: '/x' }).end(), { http_status: 301 }],
    ['silence', () => {}, { http_status: null, failure: 'timeout' }],
    ['a broken connection', (_, request) => request.socket.resetAndDestroy(), { http_status: null }],
  ])('after %s tries again later, with the same id and body and a new time', async (_, answer, shown) => {
    const { secret } = await listenAt(host, receiver.url);
    await tell();
    receiver.next(answer);
    await anotherDispatcher({ timeoutMs: 500 }).drain();
    const [waiting] = await listWebhooks(host);
    expect(waiting).toMatchObject({ status: 'retrying', attempts: 1, ...shown });
    const delay = Date.parse(waiting!.retry_at!) - now;
    expect(delay).toBeGreaterThanOrEqual(4_000);
    expect(delay).toBeLessThanOrEqual(6_000);

    await dispatch(host);
    expect(receiver.received).toHaveLength(1);
    advance(delay);
    await dispatch(host);
    const [first, second] = receiver.received as [(typeof receiver.received)[0], (typeof receiver.received)[0]];
    expect(second.headers['webhook-id']).toBe(first.headers['webhook-id']);
    expect(second.text).toBe(first.text);
    const sentAfter = Number(second.headers['webhook-timestamp']) - Number(first.headers['webhook-timestamp']);
    expect(Math.abs(sentAfter - delay / 1_000)).toBeLessThanOrEqual(1);
    expect(new Webhook(secret).verify(second.text, second.headers)).toBeDefined();
    expect(await listWebhooks(host)).toMatchObject([{ status: 'succeeded', attempts: 2, failure: null }]);
  });

  it('gives up after three days, visibly', async () => {
    await listenAt(host, receiver.url);
    await tell();
    receiver.always((response) => response.writeHead(503).end('not now'));
    for (let hour = 0; hour < 80; hour++) {
      await dispatch(host);
      advance(HOUR);
    }
    const [given] = await listWebhooks(host, '?status=failed');
    expect(given).toMatchObject({ status: 'failed', http_status: 503, response: 'not now', retry_at: null });
    expect(receiver.received).toHaveLength(given!.attempts);
    expect(given!.attempts).toBeGreaterThanOrEqual(12);
    expect(new Set(ids()).size).toBe(1);
  });

  it('does not try again where it is told that nobody is there any more', async () => {
    await listenAt(host, receiver.url);
    await tell();
    receiver.next((response) => response.writeHead(410).end());
    await dispatch(host);
    expect(await listWebhooks(host)).toMatchObject([{ status: 'failed', attempts: 1, http_status: 410 }]);
  });

  it('lets no endpoint wait for another', async () => {
    const slow = await WebhookReceiver.start();
    let answer = () => {};
    slow.next((response) => (answer = () => response.writeHead(200).end()));
    await listenAt(host, slow.url);
    await listenAt(host, receiver.url);
    await tell();
    const dispatching = dispatch(host);
    while ((await listWebhooks(host, '?status=succeeded')).length === 0);
    expect(await listWebhooks(host, '?status=pending')).toMatchObject([{ endpoint: slow.url, attempts: 1 }]);
    answer();
    await dispatching;
    expect(await listWebhooks(host, '?status=succeeded')).toHaveLength(2);
    await slow.close();
  });

  it('never sends more at a time than it has places', async () => {
    await listenAt(host, receiver.url);
    for (let index = 0; index < 10; index++) await tell(String(index));
    let [open, most] = [0, 0];
    receiver.always((response) => {
      open += 1;
      most = Math.max(most, open);
      setImmediate(() => {
        open -= 1;
        response.writeHead(200).end();
      });
    });
    const dispatcher = anotherDispatcher({ concurrency: 3 });
    await Promise.all([dispatcher.drain(), dispatcher.look(), dispatcher.look()]);
    expect(new Set(ids()).size).toBe(10);
    expect(receiver.received).toHaveLength(10);
    expect(most).toBeLessThanOrEqual(3);
  });

  it('takes over what a process had sent and not written down before it died, once its lease has run out', async () => {
    const { secret, webhook_url: url } = await listenAt(host, receiver.url);
    await tell();
    const [delivery] = await inHost(WebhookLeases).claim(8, host.clock.now(), LEASE);
    const { id, body } = delivery!.message as { id: string; body: string };
    await inHost(WebhookSender).send({ url, secret, id, body, sentAt: host.clock.now() });

    advance(LEASE - 1);
    await dispatch(host);
    expect(receiver.received).toHaveLength(1);
    advance(1);
    await dispatch(host);
    expect(ids()).toEqual([id, id]);
    expect(await listWebhooks(host)).toMatchObject([{ status: 'succeeded', attempts: 2 }]);
  });

  it('leaves it to its successor what became of a delivery that it was too slow for', async () => {
    await listenAt(host, receiver.url);
    await tell();
    let answerLate = () => {};
    const arrived = new Promise<void>((resolve) => {
      receiver.next((response) => {
        answerLate = () => response.writeHead(500).end();
        resolve();
      });
    });
    const slow = anotherDispatcher().drain();
    await arrived;
    advance(LEASE);
    await dispatch(host);
    answerLate();
    await slow;
    expect(await listWebhooks(host)).toMatchObject([{ status: 'succeeded', http_status: 204, attempts: 2 }]);
    expect(new Set(ids()).size).toBe(1);
  });

  it('stops between deliveries: what is on its way is finished, what is not begun is left to others', async () => {
    await listenAt(host, receiver.url);
    for (let index = 0; index < 3; index++) await tell(String(index));
    const dispatcher = anotherDispatcher({ concurrency: 1 });
    const arrived = new Promise<void>((resolve) => {
      receiver.next((response) => {
        resolve();
        setImmediate(() => response.writeHead(200).end());
      });
    });
    const dispatching = dispatcher.drain();
    await arrived;
    await dispatcher.stop();
    await dispatching;
    expect(await listWebhooks(host, '?status=succeeded')).toHaveLength(1);
    await dispatch(host);
    expect(await listWebhooks(host, '?status=succeeded')).toHaveLength(3);
    expect(receiver.received).toHaveLength(3);
  });

  it('shares the work with others: each is sent once', async () => {
    await listenAt(host, receiver.url);
    for (let index = 0; index < 60; index++) await tell(String(index));
    await Promise.all([anotherDispatcher(), anotherDispatcher(), anotherDispatcher()].map((one) => one.drain()));
    expect(receiver.received).toHaveLength(60);
    expect(new Set(ids()).size).toBe(60);
    expect(await listWebhooks(host, '?status=succeeded')).toHaveLength(60);
  });
});

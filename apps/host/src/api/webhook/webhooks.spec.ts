import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { WebhookOutbox } from '../../billing/index.js';
import { startHost, type TestHost } from '../testing/host.starter.js';
import { WebhookReceiver } from '../testing/webhook.receiver.js';
import { callWebhooks, dispatch, forgetWebhooks, listenAt, listWebhooks } from '../testing/webhooks.js';

describe('GET /webhooks', () => {
  let host: TestHost;
  let receiver: WebhookReceiver;
  let endpoint: Awaited<ReturnType<typeof listenAt>>;
  beforeAll(async () => {
    host = await startHost();
    receiver = await WebhookReceiver.start();
  });
  beforeEach(async () => {
    await forgetWebhooks(host);
    receiver.forget();
    host.clock.set('2026-03-15T12:00:00Z');
    endpoint = await listenAt(host, receiver.url);
  });
  afterAll(async () => {
    await host.close();
    await receiver.close();
  });

  const tell = (type: 'invoice.created' | 'invoice.failed' = 'invoice.created') =>
    host.app.get(WebhookOutbox, { strict: false }).add(type, async () => ({ lago_id: '1' }));
  const retry = (id: string) => callWebhooks(host, 'POST', `/${id}/retry`);
  const only = async () => (await listWebhooks(host))[0]!;
  const giveUp = async () => {
    await tell();
    receiver.next((response) => response.writeHead(410).end('gone'));
    await dispatch(host);
    return only();
  };

  it('shows where every webhook stands, newest first, page by page', async () => {
    await tell();
    await dispatch(host);
    host.clock.set('2026-03-15T12:00:01Z');
    await tell('invoice.failed');
    const { body } = await callWebhooks(host, 'GET', '?per_page=1');
    expect(body).toEqual({
      webhooks: [
        {
          lago_id: expect.any(String),
          webhook_id: expect.any(String),
          webhook_type: 'invoice.failed',
          object_type: 'invoice',
          lago_webhook_endpoint_id: endpoint.lago_id,
          endpoint: receiver.url,
          status: 'pending',
          attempts: 0,
          http_status: null,
          response: null,
          failure: null,
          last_tried_at: null,
          retry_at: null,
          created_at: '2026-03-15T12:00:01.000Z',
        },
      ],
      meta: { current_page: 1, next_page: 2, prev_page: null, total_pages: 2, total_count: 2 },
    });
    expect(await listWebhooks(host)).toMatchObject([
      { webhook_type: 'invoice.failed', status: 'pending' },
      { webhook_type: 'invoice.created', status: 'succeeded', last_tried_at: '2026-03-15T12:00:00.000Z' },
    ]);
  });

  it.each([
    ['pending', []],
    ['succeeded', ['invoice.created']],
    ['retrying', ['invoice.failed']],
    ['failed', []],
  ])('shows those that are %s', async (status, types) => {
    await tell();
    await dispatch(host);
    await tell('invoice.failed');
    receiver.next((response) => response.writeHead(500).end());
    await dispatch(host);
    expect(await listWebhooks(host, `?status=${status}`)).toMatchObject(
      types.map((webhook_type) => ({ webhook_type })),
    );
  });

  it('knows no other status', async () => {
    expect(await callWebhooks(host, 'GET', '?status=lost')).toMatchObject({
      status: 422,
      body: { error_details: { status: ['value_is_invalid'] } },
    });
  });

  it('sends what was given up when it is asked to, as if for the first time', async () => {
    const { lago_id, webhook_id } = await giveUp();
    expect(await retry(lago_id)).toMatchObject({ status: 200, body: { webhook: { status: 'pending', attempts: 0 } } });
    await dispatch(host);
    expect(receiver.received.map(({ headers }) => headers['webhook-id'])).toEqual([webhook_id, webhook_id]);
    expect(await listWebhooks(host)).toMatchObject([{ lago_id, status: 'succeeded', attempts: 1 }]);
  });

  it('sends what is to be tried later at once when it is asked to', async () => {
    await tell();
    receiver.next((response) => response.writeHead(500).end());
    await dispatch(host);
    const { lago_id } = await only();
    expect((await retry(lago_id)).status).toBe(200);
    await dispatch(host);
    expect(await listWebhooks(host, '?status=succeeded')).toHaveLength(1);
  });

  it('does not send a second time what is being sent', async () => {
    await tell();
    let answer = () => {};
    const arrived = new Promise<void>((resolve) =>
      receiver.next((response) => {
        answer = () => response.writeHead(200).end();
        resolve();
      }),
    );
    const dispatching = dispatch(host);
    await arrived;
    const { lago_id } = await only();
    expect((await retry(lago_id)).status).toBe(200);
    const again = dispatch(host);
    answer();
    await Promise.all([dispatching, again]);
    expect(receiver.received).toHaveLength(1);
  });

  it('does not send again what the endpoint has', async () => {
    await tell();
    await dispatch(host);
    const { lago_id } = await only();
    expect(await retry(lago_id)).toMatchObject({ status: 405, body: { code: 'is_succeeded' } });
  });

  it.each(['00000000-0000-7000-8000-00000000000f', 'no-uuid'])('does not find %s', async (id) => {
    expect(await retry(id)).toMatchObject({ status: 404, body: { code: 'webhook_not_found' } });
  });
});

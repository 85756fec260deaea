import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startHost } from '../../api/testing/host.starter.js';
import { WebhookReceiver } from '../../api/testing/webhook.receiver.js';
import { listenAt, listWebhooks } from '../../api/testing/webhooks.js';
import { WebhookDispatcher } from './webhook.dispatcher.js';
import { WebhookOutbox } from './webhook.outbox.js';
import { WebhookWorker } from './webhook.worker.js';

describe('WebhookWorker', () => {
  let receiver: WebhookReceiver;
  beforeEach(async () => {
    receiver = await WebhookReceiver.start();
  });
  afterEach(() => receiver.close());

  const start = async (worker: boolean, pollIntervalMs = 5) => {
    const host = await startHost({ webhooks: { worker, pollIntervalMs } });
    await listenAt(host, receiver.url);
    const outbox = host.app.get(WebhookOutbox, { strict: false });
    const stop = () => host.app.get(WebhookWorker, { strict: false }).beforeApplicationShutdown();
    return { host, stop, tell: () => outbox.add('fee.created', async () => ({})) };
  };

  it('sends by itself what was committed', async () => {
    const { host, stop, tell } = await start(true);
    await tell();
    await receiver.has(1);
    await tell();
    await receiver.has(2);
    await stop();
    expect(await listWebhooks(host, '?status=succeeded')).toHaveLength(2);
    await host.close();
  });

  it('finishes what is on its way when the application is stopped, and begins nothing more', async () => {
    const { host, stop, tell } = await start(true, 3_600_000);
    const look = () => host.app.get(WebhookDispatcher, { strict: false }).look();
    let answer = () => {};
    receiver.next((response) => (answer = () => response.writeHead(200).end()));
    await tell();
    await look();
    await receiver.has(1);
    const stopping = stop();
    await tell();
    await look();
    answer();
    await stopping;
    expect(await listWebhooks(host)).toMatchObject([{ status: 'pending' }, { status: 'succeeded' }]);
    await host.close();
  });

  it('leaves it to others in a process that only serves the web', async () => {
    const { host, tell } = await start(false);
    await tell();
    const other = await start(true);
    await other.tell();
    await receiver.has(1);
    await other.stop();
    expect(receiver.received).toHaveLength(1);
    expect(await listWebhooks(host)).toMatchObject([{ status: 'pending', attempts: 0 }]);
    await host.close();
    await other.host.close();
  });
});

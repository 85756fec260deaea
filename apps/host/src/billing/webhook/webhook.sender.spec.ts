import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Webhook, WebhookVerificationError } from 'standardwebhooks';
import { WebhookReceiver } from '../../api/testing/webhook.receiver.js';
import { WebhookSecrets } from './webhook.secrets.js';
import { type Shipment, WebhookSender } from './webhook.sender.js';

const OPTIONS = { signingKey: Buffer.alloc(32, 5), retentionDays: 1, worker: false };
const SECRET = new WebhookSecrets(OPTIONS).of({ id: 'an endpoint' });

describe('WebhookSender', () => {
  const patient = new WebhookSender(OPTIONS);
  const hasty = new WebhookSender({ ...OPTIONS, timeoutMs: 500 });
  let receiver: WebhookReceiver;
  beforeAll(async () => {
    receiver = await WebhookReceiver.start();
  });
  beforeEach(() => receiver.forget());
  afterAll(() => receiver.close());

  const send = (changes: Partial<Shipment> = {}, sender = patient) =>
    sender.send({
      url: receiver.url,
      secret: SECRET,
      id: 'msg-1',
      body: '{"says":"Zoë & ☃"}',
      sentAt: new Date(),
      ...changes,
    });

  it('sends the body to the byte, with a signature that the standard library verifies', async () => {
    expect(await send()).toEqual({ status: 204, body: '' });
    const [{ headers, text, path }] = receiver.received as [(typeof receiver.received)[0]];
    expect(path).toBe('/hooks');
    expect(text).toBe('{"says":"Zoë & ☃"}');
    expect(headers).toMatchObject({ 'content-type': 'application/json', 'webhook-id': 'msg-1' });
    expect(new Webhook(SECRET).verify(text, headers)).toEqual({ says: 'Zoë & ☃' });
  });

  it('signs body, id and time: with another secret, or anything changed, it does not verify', async () => {
    await send();
    const [{ headers, text }] = receiver.received as [(typeof receiver.received)[0]];
    const other = new WebhookSecrets(OPTIONS).of({ id: 'another endpoint' });
    const later = String(Number(headers['webhook-timestamp']) + 1);
    const forgeries = [
      () => new Webhook(other).verify(text, headers),
      () => new Webhook(SECRET).verify(`${text} `, headers),
      () => new Webhook(SECRET).verify(text, { ...headers, 'webhook-id': 'msg-2' }),
      () => new Webhook(SECRET).verify(text, { ...headers, 'webhook-timestamp': later }),
    ];
    for (const forged of forgeries) expect(forged).toThrow(WebhookVerificationError);
  });

  it.each([200, 201, 302, 308, 400, 410, 429, 500, 503])('answers with what was answered: %i', async (status) => {
    receiver.next((response) => response.writeHead(status, { location: `${receiver.url}/elsewhere` }).end('so be it'));
    expect(await send()).toEqual({ status, body: 'so be it' });
    expect(receiver.received.map(({ path }) => path)).toEqual(['/hooks']);
  });

  it('reads the beginning of a body that never ends', async () => {
    receiver.next((response) => {
      response.writeHead(500);
      const pour = () => {
        while (response.write('x'.repeat(10_000)));
        if (!response.destroyed) response.once('drain', pour);
      };
      pour();
    });
    expect(await send()).toEqual({ status: 500, body: 'x'.repeat(1_024) });
  });

  it('takes the status of an answer whose body does not come', async () => {
    receiver.next((response) => response.writeHead(200).write('par'));
    expect(await send({}, hasty)).toEqual({ status: 200, body: 'par' });
    receiver.next((response) => {
      response.writeHead(200).write('par');
      setImmediate(() => response.destroy());
    });
    expect(await send()).toMatchObject({ status: 200 });
  });

  it('keeps nothing that a database can not hold', async () => {
    receiver.next((response) => response.writeHead(500).end(Buffer.from([0x61, 0x00, 0xff, 0x62])));
    expect(await send()).toEqual({ status: 500, body: 'a\uFFFDb' });
  });

  it('gives up waiting for an answer', async () => {
    receiver.next(() => {});
    expect(await send({}, hasty)).toEqual({ failure: 'timeout' });
  });

  it('names what broke the connection', async () => {
    receiver.next((_, request) => request.socket.resetAndDestroy());
    expect(await send()).toEqual({ failure: expect.stringMatching(/^(ECONNRESET|UND_ERR_SOCKET)$/) });
  });

  it('names what kept it from connecting', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    expect(await send({ url: `http://127.0.0.1:${port}` })).toEqual({ failure: 'ECONNREFUSED' });
    // too long for a name, so that nobody's name server is asked
    expect(await send({ url: `http://${'x'.repeat(64)}.invalid` })).toEqual({
      failure: expect.stringMatching(/^(ENOTFOUND|EAI_AGAIN)$/),
    });
    // a port that browsers, and therefore fetch, refuse to speak to
    expect(await send({ url: 'http://127.0.0.1:6000' })).toEqual({ failure: 'bad port' });
  });
});

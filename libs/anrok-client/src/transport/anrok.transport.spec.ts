import { getEventListeners } from 'node:events';
import { describe, expect, it } from '@jest/globals';
import axios from 'axios';
import type { AnrokExchange } from '../anrok-exchange.js';
import { aComputedTransaction, anEphemeralTransaction, aTransaction } from '../testing/answers.js';
import { type Reply, useScriptedServer } from '../testing/scripted-server.js';
import { aClient, errorOf } from '../testing/test-client.js';

const server = useScriptedServer();
const recorded = { body: { version: 1, ...aComputedTransaction() } };

/** Never ends its body, but never falls silent either: a byte every few milliseconds. */
const trickle: Reply = (response) => {
  response.writeHead(200, { 'content-type': 'application/json' });
  const timer = setInterval(() => response.write(' '), 5);
  response.on('close', () => clearInterval(timer));
};
const stall: Reply = (response) => void response.writeHead(200).write('{"version":');
const silence: Reply = () => {};
const hangUp: Reply = (response) => void response.socket?.destroy();

describe('one exchange', () => {
  it('uses a connection again, whatever the answer was', async () => {
    server.replyWith(recorded, { status: 409, body: { type: 'transactionFrozenForFiling' } }, recorded);
    const { transactions } = aClient(server.url);
    await transactions.createOrUpdate(aTransaction());
    await errorOf(transactions.createOrUpdate(aTransaction()));
    await transactions.createOrUpdate(aTransaction());
    expect(new Set(server.received.map(({ socket }) => socket)).size).toBe(1);
  });

  it('goes through the instance that it is given, whatever that has set for others', async () => {
    const http = axios.create({ baseURL: 'http://127.0.0.1:1', timeout: 1, headers: { 'x-team': 'billing' } });
    http.defaults.transformRequest = [() => 'changed'];
    http.defaults.transformResponse = [() => 'changed'];
    http.defaults.validateStatus = () => false;
    server.replyWith((response) => setTimeout(() => response.end(JSON.stringify(recorded.body)), 20));
    await aClient(server.url, { http }).transactions.createOrUpdate(aTransaction());
    expect(server.last.headers).toMatchObject({ 'x-team': 'billing', 'content-type': 'application/json' });
    expect(server.last.body).toEqual(aTransaction());
  });

  it('keeps the path of a base URL', async () => {
    server.replyWith({ body: {} });
    await aClient(`${server.url}/tenants/a/`).transactions.void('7');
    expect(server.last.path).toBe('/tenants/a/v1/seller/transactions/id:7/void');
  });

  it.each([
    ['is silent', silence],
    ['stalls in the middle of its body', stall],
    ['lets its body trickle in for ever', trickle],
  ])('gives up on a server that %s', async (_, reply) => {
    server.replyWith(reply);
    const error = await errorOf(
      aClient(server.url, { requestTimeoutMs: 400 }).transactions.createOrUpdate(aTransaction()),
    );
    expect(error).toMatchObject({
      code: 'anrok_timeout',
      retry: 'later',
      outcome: 'unknown',
      details: { afterMs: 400 },
    });
  });

  it('cannot leave that to axios, whose timeout a body that trickles in never meets', async () => {
    server.replyWith((response) => {
      const timer = setInterval(() => response.write(' '), 20);
      setTimeout(() => response.end(() => clearInterval(timer)), 350);
    });
    const startedAt = performance.now();
    await axios.post(server.url, '{}', { timeout: 250, maxRedirects: 0 });
    expect(performance.now() - startedAt).toBeGreaterThan(300);
  });

  it('lets go of the connection of an exchange that it gave up', async () => {
    const closed = Promise.withResolvers<void>();
    server.replyWith((response) => void response.on('close', closed.resolve));
    await errorOf(aClient(server.url, { requestTimeoutMs: 400 }).transactions.createOrUpdate(aTransaction()));
    await closed.promise;
    expect(server.last.socket.destroyed).toBe(true);
  });

  it('takes no answer for a success from which an interceptor of the host removed the status', async () => {
    const http = axios.create();
    http.interceptors.response.use((response) => ({ ...response, status: undefined as unknown as number }));
    server.replyWith({ status: 409, body: {} });
    const error = await errorOf(aClient(server.url, { http }).transactions.void('7'));
    expect(error).toMatchObject({ code: 'anrok_unreadable_answer' });
  });

  it('gives up when an interceptor of the host hangs', async () => {
    const http = axios.create();
    http.interceptors.request.use(() => new Promise<never>(() => {}));
    const error = await errorOf(
      aClient(server.url, { http, requestTimeoutMs: 30 }).filings.list()[Symbol.asyncIterator]().next(),
    );
    expect(error).toMatchObject({ code: 'anrok_timeout' });
  });

  it('does not follow a redirect, which would carry the key elsewhere', async () => {
    server.replyWith({ status: 307, headers: { location: `${server.url}/elsewhere` } });
    const error = await errorOf(aClient(server.url).transactions.createOrUpdate(aTransaction()));
    expect(error).toMatchObject({ code: 'anrok_unreadable_answer', status: 307, outcome: 'unknown' });
    expect(server.received).toHaveLength(1);
  });

  it('says that nothing was sent when nobody listens', async () => {
    const error = await errorOf(aClient('http://127.0.0.1:1').transactions.createOrUpdate(aTransaction()));
    expect(error).toMatchObject({ code: 'anrok_network_error', outcome: 'notSent', retry: 'later' });
    expect(error.details).toMatchObject({ networkCode: 'ECONNREFUSED' });
  });

  it('reports an answer that is cut off as a network error, and never as an answer', async () => {
    server.replyWith((response) => {
      response.writeHead(200, { 'content-length': '1000' });
      response.write('{"version":1', () => response.socket?.destroy());
    });
    const error = await errorOf(aClient(server.url).transactions.createOrUpdate(aTransaction()));
    expect(error).toMatchObject({ code: 'anrok_network_error', outcome: 'unknown' });
  });

  it('reports an answer whose compression is broken as unreadable', async () => {
    server.replyWith({ headers: { 'content-encoding': 'gzip' }, body: 'not gzip at all' });
    const error = await errorOf(aClient(server.url).transactions.createOrUpdate(aTransaction()));
    expect(error).toMatchObject({ code: 'anrok_unreadable_answer', status: 200, outcome: 'unknown' });
  });

  it('bounds an answer that never ends', async () => {
    server.replyWith((response) => {
      const megabyte = Buffer.alloc(1024 * 1024, ' ');
      const write = () => {
        while (!response.destroyed && response.write(megabyte));
      };
      response.on('drain', write);
      write();
    });
    const error = await errorOf(aClient(server.url).transactions.createOrUpdate(aTransaction()));
    expect(error).toMatchObject({ code: 'anrok_unreadable_answer', details: { fault: 'it is too long' } });
  });

  it.each([
    ['contains itself', () => Object.assign({ self: {} }, aTransaction())],
    ['is no object', () => undefined],
    ['is too long', () => ({ ...aTransaction(), customerName: 'x'.repeat(33 * 1024 * 1024) })],
  ])('does not begin when the body %s', async (_, make) => {
    const body = make() as ReturnType<typeof aTransaction> & { self?: object };
    if (body?.self) body.self = body;
    const error = await errorOf(aClient(server.url).transactions.createOrUpdate(body));
    expect(error).toMatchObject({ code: 'anrok_invalid_request', outcome: 'notSent', details: { field: 'body' } });
    expect(server.received).toHaveLength(0);
  });
});

describe('a connection that was closed before any answer', () => {
  it('is no reason to repeat what may have been stored, kept alive or not', async () => {
    server.replyWith(recorded, hangUp);
    const { transactions } = aClient(server.url);
    await transactions.createOrUpdate(aTransaction());
    const error = await errorOf(transactions.createOrUpdate(aTransaction()));
    expect(error).toMatchObject({ code: 'anrok_network_error', outcome: 'unknown', connectionClosed: true });
    expect(server.received[1]!.socket).toBe(server.received[0]!.socket);
    expect(server.received).toHaveLength(2);
  });

  it('is forgiven once where nothing is stored', async () => {
    server.replyWith(hangUp, { body: aComputedTransaction() });
    const exchanges: AnrokExchange[] = [];
    const call = { onExchange: (exchange: AnrokExchange) => exchanges.push(exchange) };
    await aClient(server.url).transactions.createEphemeral(anEphemeralTransaction(), call);
    expect(exchanges.map(({ errorCode, status }) => [errorCode, status])).toEqual([
      ['anrok_network_error', undefined],
      [undefined, 200],
    ]);
  });

  it('is not forgiven twice', async () => {
    server.replyWith(hangUp, hangUp);
    const error = await errorOf(aClient(server.url).transactions.createEphemeral(anEphemeralTransaction()));
    expect(error).toMatchObject({ code: 'anrok_network_error' });
    expect(server.received).toHaveLength(2);
  });

  it('is the only failure that is forgiven', async () => {
    server.replyWith({ status: 503 });
    await errorOf(aClient(server.url).transactions.createEphemeral(anEphemeralTransaction()));
    expect(server.received).toHaveLength(1);
  });
});

describe('a caller that gives up', () => {
  it('before the call sends nothing', async () => {
    const call = { signal: AbortSignal.abort() };
    const error = await errorOf(aClient(server.url).transactions.void('7', {}, call));
    expect(error).toMatchObject({ code: 'anrok_cancelled', outcome: 'notSent' });
    expect(server.received).toHaveLength(0);
  });

  it('in the moment of the call sends nothing either', async () => {
    const controller = new AbortController();
    const exchanges: AnrokExchange[] = [];
    const onExchange = (exchange: AnrokExchange) => exchanges.push(exchange);
    const call = errorOf(aClient(server.url).transactions.void('7', {}, { signal: controller.signal, onExchange }));
    controller.abort();
    expect(await call).toMatchObject({ code: 'anrok_cancelled', outcome: 'notSent' });
    expect([exchanges, server.received]).toEqual([[], []]);
  });

  it('while it waits for a place sends nothing', async () => {
    const controller = new AbortController();
    const rateLimiter = { acquire: () => new Promise<void>(() => {}), pause: () => {} };
    setTimeout(() => controller.abort(), 20);
    const client = aClient(server.url, { rateLimiter });
    const error = await errorOf(client.transactions.void('7', {}, { signal: controller.signal }));
    expect(error).toMatchObject({ code: 'anrok_cancelled', outcome: 'notSent' });
  });

  it('during the exchange may have had it carried out', async () => {
    const controller = new AbortController();
    server.replyWith(() => controller.abort());
    const error = await errorOf(aClient(server.url).transactions.void('7', {}, { signal: controller.signal }));
    expect(error).toMatchObject({ code: 'anrok_cancelled', outcome: 'unknown' });
  });

  it('may use one signal for many calls, which leave nothing on it', async () => {
    const { signal } = new AbortController();
    const client = aClient(server.url);
    server.replyWith({ body: {} }, { status: 503 }, { body: {} });
    const calls = ['1', '2', '3'].map((id) => client.transactions.void(id, {}, { signal }));
    expect(getEventListeners(signal, 'abort')).toHaveLength(3);
    await Promise.allSettled(calls);
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
  });
});

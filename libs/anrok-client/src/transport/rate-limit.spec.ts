import { describe, expect, it } from '@jest/globals';
import type { AnrokExchange } from '../anrok-exchange.js';
import { InMemoryRateLimiter } from '../limiter/in-memory.rate-limiter.js';
import type { Lane, RateLimiter } from '../limiter/rate-limiter.js';
import { useScriptedServer } from '../testing/scripted-server.js';
import { aClient, API_KEY, errorOf } from '../testing/test-client.js';
import { VirtualClock } from '../testing/virtual-clock.js';

const server = useScriptedServer();
const tooMany = (retryAfter: string) => ({
  status: 429,
  headers: { 'retry-after': retryAfter, 'content-type': 'text/plain' },
  body: 'too many requests',
});

/** Gives a place to everybody and writes down what it is asked. */
class RecordingRateLimiter implements RateLimiter {
  readonly asked: unknown[] = [];

  async acquire(key: string, lane: Lane): Promise<void> {
    this.asked.push({ key, lane });
  }

  pause(key: string, forMs: number): void {
    this.asked.push({ key, forMs });
  }
}

describe('a 429', () => {
  it('is honoured: the call waits as long as asked, and is repeated', async () => {
    server.replyWith(tooMany('0.03'), { body: {} });
    const exchanges: AnrokExchange[] = [];
    const startedAt = performance.now();
    await aClient(server.url).transactions.void('7', {}, { onExchange: (exchange) => exchanges.push(exchange) });
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(30);
    expect(exchanges.map(({ status, errorCode, responseBody }) => ({ status, errorCode, responseBody }))).toEqual([
      { status: 429, errorCode: 'anrok_rate_limited', responseBody: 'too many requests' },
      { status: 200, errorCode: undefined, responseBody: {} },
    ]);
  });

  it('holds every other call of the seller account too', async () => {
    const clock = new VirtualClock();
    const rateLimiter = new InMemoryRateLimiter({ clock });
    const refused = Promise.withResolvers<void>();
    server.replyWith(tooMany('3'), { body: {} }, { body: {} });
    const first = aClient(server.url, { rateLimiter }).transactions.void(
      '1',
      {},
      { onExchange: () => refused.resolve() },
    );
    await refused.promise;
    await clock.advance(0);
    const second = aClient(server.url, { rateLimiter }).transactions.void('2', {}, { lane: 'record' });
    await clock.advance(2999);
    expect(server.received).toHaveLength(1);
    await clock.advance(1);
    await Promise.all([first, second]);
    expect(server.received).toHaveLength(3);
  });

  it.each([
    ['the wait is longer than the patience of the caller', tooMany('10'), 10_000],
    ['the default wait is', { status: 429 }, 1000],
  ])('is thrown at once when %s', async (_, reply, retryAfterMs) => {
    server.replyWith(reply);
    const rateLimiter = new RecordingRateLimiter();
    const call = aClient(server.url, { rateLimiter }).transactions.void('7', {}, { timeoutMs: 500 });
    expect(await errorOf(call)).toMatchObject({
      code: 'anrok_rate_limited',
      retry: 'later',
      outcome: 'refused',
      status: 429,
      retryAfterMs,
    });
    // the last thing it asked for: it does not wait for another place
    expect(rateLimiter.asked.at(-1)).toEqual({ key: 'acme-sandbox', forMs: retryAfterMs });
    expect(server.received).toHaveLength(1);
  });

  it('is what the caller hears when its patience ends in the queue afterwards', async () => {
    server.replyWith(tooMany('0.01'));
    let places = 1;
    const rateLimiter = {
      acquire: () => (places-- ? Promise.resolve() : new Promise<void>(() => {})),
      pause: () => {},
    };
    const call = aClient(server.url, { rateLimiter }).transactions.void('7', {}, { timeoutMs: 60 });
    expect(await errorOf(call)).toMatchObject({ code: 'anrok_rate_limited', outcome: 'refused' });
  });

  it('is not honoured for ever', async () => {
    server.replyWith(tooMany('0.02'), tooMany('0.02'), tooMany('9'));
    const call = aClient(server.url).transactions.void('7', {}, { timeoutMs: 2000 });
    expect(await errorOf(call)).toMatchObject({ code: 'anrok_rate_limited', retryAfterMs: 9000 });
  });
});

describe('a place', () => {
  it('is asked for in the lane of the call, interactive by default, for the seller account', async () => {
    server.replyWith({ body: {} }, { body: {} });
    const rateLimiter = new RecordingRateLimiter();
    const { transactions } = aClient(server.url, { rateLimiter });
    await transactions.void('1');
    await transactions.void('2', {}, { lane: 'bulk' });
    expect(rateLimiter.asked).toEqual([
      { key: 'acme-sandbox', lane: 'interactive' },
      { key: 'acme-sandbox', lane: 'bulk' },
    ]);
  });

  it('is asked for under a name that tells nothing of the key, when the key names no seller', async () => {
    server.replyWith({ body: {} });
    const rateLimiter = new RecordingRateLimiter();
    await aClient(server.url, { rateLimiter, apiKey: 'a-key-without-slashes' }).transactions.void('1');
    expect(rateLimiter.asked).toEqual([{ key: expect.stringMatching(/^key-[0-9a-f]{16}$/), lane: 'interactive' }]);
  });

  it('that does not come in time ends the call, with nothing sent', async () => {
    const rateLimiter = new InMemoryRateLimiter();
    rateLimiter.pause(API_KEY.split('/')[0]!, 60_000);
    const call = aClient(server.url, { rateLimiter }).transactions.void('7', {}, { timeoutMs: 30 });
    expect(await errorOf(call)).toMatchObject({
      code: 'anrok_timeout',
      outcome: 'notSent',
      details: { afterMs: 30 },
    });
    expect(server.received).toHaveLength(0);
  });

  it('that comes together with the end of the patience is not used', async () => {
    let now = 0;
    const rateLimiter = { acquire: async () => void (now += 50), pause: () => {} };
    const call = aClient(server.url, { rateLimiter, now: () => now }).transactions.void('7', {}, { timeoutMs: 50 });
    expect(await errorOf(call)).toMatchObject({ code: 'anrok_timeout', outcome: 'notSent' });
    expect(server.received).toHaveLength(0);
  });

  it('leaves what remains of the patience to the exchange', async () => {
    server.replyWith(() => {});
    const call = aClient(server.url).transactions.void('7', {}, { timeoutMs: 40 });
    expect(await errorOf(call)).toMatchObject({ code: 'anrok_timeout', outcome: 'unknown' });
  });

  it("lets a limiter's own failure through as it is", async () => {
    const failure = new Error('the database of the limiter is gone');
    const rateLimiter = { acquire: () => Promise.reject(failure), pause: () => {} };
    await expect(aClient(server.url, { rateLimiter }).transactions.void('7')).rejects.toBe(failure);
  });
});

describe('a reserved place', () => {
  it('is asked for before the call, which asks for no other', async () => {
    server.replyWith({ body: {} });
    const rateLimiter = new RecordingRateLimiter();
    const client = aClient(server.url, { rateLimiter });
    const reserved = client.reserve('record');
    expect(rateLimiter.asked).toEqual([{ key: 'acme-sandbox', lane: 'record' }]);
    await client.transactions.void('1', {}, { reserved });
    expect(rateLimiter.asked).toHaveLength(1);
  });

  it('is waited for by its call, within the patience of the caller', async () => {
    const rateLimiter = new InMemoryRateLimiter();
    rateLimiter.pause(API_KEY.split('/')[0]!, 60_000);
    const client = aClient(server.url, { rateLimiter });
    const reserved = client.reserve('interactive');
    const call = client.transactions.void('7', {}, { timeoutMs: 30, reserved });
    expect(await errorOf(call)).toMatchObject({ code: 'anrok_timeout', outcome: 'notSent' });
    reserved.giveUp();
    expect(server.received).toHaveLength(0);
  });

  it('is for one call: of two, and after a 429, the other asks for its own', async () => {
    server.replyWith(tooMany('0.01'), { body: {} }, { body: {} });
    const rateLimiter = new RecordingRateLimiter();
    const client = aClient(server.url, { rateLimiter });
    const reserved = client.reserve('interactive');
    await client.transactions.void('1', {}, { reserved });
    await client.transactions.void('2', {}, { reserved });
    expect(rateLimiter.asked.filter((asked) => 'lane' in (asked as object))).toHaveLength(3);
  });

  it.each([
    [10, 1],
    [11, 2],
  ])('that came %i ms ago has its call ask for so many: %i', async (age, asked) => {
    server.replyWith({ body: {} });
    let now = 0;
    const rateLimiter = new RecordingRateLimiter();
    const client = aClient(server.url, { rateLimiter, now: () => now });
    const reserved = client.reserve('interactive');
    await new Promise(setImmediate);
    now = age;
    await client.transactions.void('1', {}, { reserved });
    expect(rateLimiter.asked).toHaveLength(asked);
  });

  it('is waited for no longer once it is given up', async () => {
    const rateLimiter = new InMemoryRateLimiter();
    rateLimiter.pause(API_KEY.split('/')[0]!, 60_000);
    const reserved = aClient(server.url, { rateLimiter }).reserve('interactive');
    expect((await rateLimiter.usage('acme-sandbox')).waiting).toBe(1);
    reserved.giveUp();
    expect((await rateLimiter.usage('acme-sandbox')).waiting).toBe(0);
  });

  it("that the limiter fails to give fails its call, and nobody's where there is none", async () => {
    const failure = new Error('the database of the limiter is gone');
    const rateLimiter = { acquire: () => Promise.reject(failure), pause: () => {} };
    const client = aClient(server.url, { rateLimiter });
    const [reserved, unused] = [client.reserve('interactive'), client.reserve('interactive')];
    await expect(client.transactions.void('7', {}, { reserved })).rejects.toBe(failure);
    unused.giveUp();
  });
});

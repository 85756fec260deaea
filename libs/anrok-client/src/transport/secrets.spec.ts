import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import axios from 'axios';
import fc from 'fast-check';
import { AnrokClient } from '../anrok-client.js';
import type { AnrokExchange } from '../anrok-exchange.js';
import { AnrokError } from '../errors/anrok.error.js';
import type { Lane, RateLimiter } from '../limiter/rate-limiter.js';
import { type Reply, useScriptedServer } from '../testing/scripted-server.js';
import { aClient, API_KEY, errorOf } from '../testing/test-client.js';

const server = useScriptedServer();
const FILE = 'UEFTU1dPUkQgb2YgYSBjdXN0b21lcg==';
const SECRET_PART = API_KEY.slice(API_KEY.lastIndexOf('/') + 1);
const certificate = {
  customerId: 'acme:42',
  effectiveDateBegin: '2026-01-01',
  certificateFile: { name: 'cert.png', contentsBase64: FILE },
  jurises: [{ jurisId: 'us-MA' }],
} as const;

/** Every way in which an object ends up in a log. */
const writtenOut = (value: unknown) =>
  [
    JSON.stringify(value),
    inspect(value, { depth: 20, showHidden: true }),
    String(value),
    (value as Error).stack,
  ].join();

/** Never makes a test wait. */
const rateLimiter: RateLimiter = { acquire: async (_key: string, _lane: Lane) => {}, pause: () => {} };

/** Answers with what it was sent: the key from the header, and the whole body. */
const echo =
  (status: number, write: (key: string, body: string) => string): Reply =>
  (response, request) => {
    const key = String(request.headers.authorization).slice('Bearer '.length);
    response.writeHead(status, { 'content-type': 'application/json', 'retry-after': '600' });
    response.end(write(key, JSON.stringify(certificate)));
  };

describe('no secret leaves the client', () => {
  it.each<[string, Reply]>([
    ['a 400 that repeats the header', echo(400, (key) => `Invalid header "Bearer ${key}"`)],
    ['a 400 that repeats the body', echo(400, (_, body) => `Request body: ${body}`)],
    ['a 400 that repeats the body as JSON', echo(400, (_, body) => JSON.stringify(body))],
    [
      'a 409 of an unknown type',
      echo(409, (key) => JSON.stringify({ type: key, message: key, productExternalId: key })),
    ],
    ['a 401', echo(401, (key) => JSON.stringify({ [key]: key }))],
    ['a 429', echo(429, (key) => key)],
    ['a 502 of a chatty proxy', echo(502, (key, body) => `<pre>Authorization: Bearer ${key}\n${body}</pre>`)],
    ['a 200 that is none', echo(200, (key, body) => `{"id":7,"${key}":${body}}`)],
    ['a 200 that is cut off', echo(200, (key, body) => `{"key":"${key}","body":${body}`)],
    ['a connection that is closed', (response) => void response.socket?.destroy()],
  ])('in %s', async (_, reply) => {
    server.replyWith(reply);
    const exchanges: AnrokExchange[] = [];
    const call = { onExchange: (exchange: AnrokExchange) => exchanges.push(exchange) };
    const error = await errorOf(aClient(server.url, { rateLimiter }).certificates.create(certificate, call));
    expect(error).toBeInstanceOf(AnrokError);
    expect(exchanges).toHaveLength(1);
    for (const text of [writtenOut(error), writtenOut(exchanges)])
      for (const secret of [API_KEY, SECRET_PART, FILE]) expect(text.includes(secret)).toBe(false);
  });

  it("in what an interceptor of the host throws, nor as that error's cause", async () => {
    const http = axios.create();
    http.interceptors.request.use((config) => {
      throw new axios.AxiosError(`no token for ${String(config.headers.Authorization)}`, 'ECONNRESET', config);
    });
    const error = await errorOf(aClient(server.url, { http }).certificates.create(certificate));
    expect(error.cause).toBeUndefined();
    expect(error.message).toContain('no token for Bearer [redacted]');
    for (const secret of [API_KEY, SECRET_PART, FILE]) expect(writtenOut(error).includes(secret)).toBe(false);
  });

  it('in the client itself', () => {
    const client = aClient('https://api.anrok.test');
    expect(writtenOut(client)).toContain('acme-sandbox');
    for (const secret of [API_KEY, SECRET_PART]) expect(writtenOut(client).includes(secret)).toBe(false);
  });

  it('in what is said of a key that cannot be right', () => {
    const make = () => new AnrokClient({ apiKey: `${API_KEY}\n` });
    expect(make).toThrow(AnrokError);
    try {
      make();
    } catch (error) {
      expect(writtenOut(error).includes(SECRET_PART)).toBe(false);
    }
  });

  it('whatever the key is, and whatever the answer that echoes it', async () => {
    const visible = fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code));
    const anyKey = fc.string({ unit: visible, minLength: 9, maxLength: 60 }).map((secret) => `acme/key-1/${secret}`);
    const echoes: ((key: string, json: unknown, text: string) => string)[] = [
      (key, json) => JSON.stringify({ echo: [json, key, { [key]: 1 }], type: key }),
      (key, _, text) => `${text}${key}${text}`,
      (key) => JSON.stringify(key),
    ];
    const anyBody = fc.tuple(fc.constantFrom(...echoes), fc.jsonValue(), fc.string());
    const anyStatus = fc.constantFrom(200, 302, 400, 401, 404, 409, 418, 429, 500);
    await fc.assert(
      fc.asyncProperty(anyKey, anyBody, anyStatus, async (apiKey, [write, json, text], status) => {
        server.replyWith({ status, body: write(apiKey, json, text), headers: { 'retry-after': '600' } });
        const exchanges: AnrokExchange[] = [];
        const call = { onExchange: (exchange: AnrokExchange) => exchanges.push(exchange) };
        const client = aClient(server.url, { apiKey, rateLimiter });
        const error = await errorOf(client.certificates.create(certificate, call));
        expect(error).toBeInstanceOf(AnrokError);
        for (const value of [error, exchanges, client]) expect(writtenOut(value).includes(apiKey)).toBe(false);
      }),
      { numRuns: 60 },
    );
  });

  it.each([200, 400, 409, 502])('not even in part, where a text of status %i is cut', async (status) => {
    for (const limit of [500, 1000, 4000]) {
      const text = `${'x'.repeat(limit - 30)}${API_KEY}${'y'.repeat(9000)}`;
      server.replyWith({ status, body: status === 409 ? { type: text } : text });
      const exchanges: AnrokExchange[] = [];
      const call = { onExchange: (exchange: AnrokExchange) => exchanges.push(exchange) };
      const error = await errorOf(aClient(server.url, { rateLimiter }).certificates.create(certificate, call));
      for (const value of [error, exchanges]) expect(writtenOut(value)).not.toContain(SECRET_PART.slice(0, 8));
    }
  });
});

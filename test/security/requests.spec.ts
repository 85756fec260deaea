import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { HOST_API_KEY, HostUnderTest } from '../support/host-under-test.js';
import { problem } from '../support/problem.js';

interface Asked {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

describe('a request from outside', () => {
  let host: HostUnderTest;
  beforeAll(async () => {
    host = await HostUnderTest.start();
  });
  afterAll(() => host.close());

  /** The path as it is given: `fetch` would tidy it up. */
  const ask = (path: string, { method = 'GET', headers = {}, body }: Asked = {}) =>
    new Promise<{ status: number; headers: Readonly<Record<string, unknown>>; text: string }>((resolve, reject) => {
      const sent = request(host.url, { path, method, headers, agent: false }, (answer) => {
        text(answer).then(
          (content) => resolve({ status: answer.statusCode!, headers: answer.headers, text: content }),
          reject,
        );
      });
      sent.on('error', reject);
      sent.end(body);
    });
  const authorized = { authorization: `Bearer ${HOST_API_KEY}` };
  const json = { ...authorized, 'content-type': 'application/json' };
  const form = { ...authorized, 'content-type': 'application/x-www-form-urlencoded' };
  const signIn = (fields: Record<string, string>, headers: Record<string, string> = {}) =>
    ask('/sign-in', {
      method: 'POST',
      headers: { 'content-type': form['content-type'], ...headers },
      body: String(new URLSearchParams(fields)),
    });

  it.each([
    ['/anrok/api/connections', 6_000],
    ['/anrok/api/estimates', 6_000],
    ['/api/v1/customers', 100_000],
    ['/api/v1/events/batch', 100_000],
    ['/anrok/documents/retry', 6_000],
    ['/sign-in', 6_000],
  ])('to %s is refused for what it says, not broken by it, when it is nested %i deep', async (path, depth) => {
    for (const [open, close] of [
      ['[', ']'],
      ['{"a":', '}'],
    ] as const) {
      const nested = `${open.repeat(depth / open.length)}1${close.repeat(depth / open.length)}`;
      const fields = [
        'events',
        'properties',
        'customer',
        'code',
        'lines',
        'ids',
        'external_id',
        'shipping_address',
        'integration_customers',
      ];
      const body = `{${fields.map((field) => `"${field}":${nested}`).join()}}`;
      for (const sent of [nested, body, `{"customer":${body}}`])
        expect((await ask(path, { method: 'POST', headers: json, body: sent })).status).toBeLessThan(500);
    }
  });

  it('changes no prototype, whatever keys it has', async () => {
    const evil = '{"polluted":1}';
    const keys = `"__proto__":${evil},"constructor":{"prototype":${evil}},"hasOwnProperty":1,"toString":1,"then":1`;
    for (const path of ['connections', 'estimates', 'records/retry', 'resyncs', 'resyncs/plan'])
      for (const body of [`{${keys}}`, `{"customer":{${keys}},"lines":[{${keys}}],"filter":{${keys}}}`])
        expect((await ask(`/anrok/api/${path}`, { method: 'POST', headers: json, body })).status).toBeLessThan(500);
    for (const name of ['customer', 'invoice', 'plan', 'event', 'webhook_endpoint', 'wallet', 'subscription'])
      for (const body of [`{"${name}":{${keys},"fees":[{${keys}}],"charges":[{${keys}}]}}`, `{${keys}}`])
        expect((await ask(`/api/v1/${name}s`, { method: 'POST', headers: json, body })).status).toBeLessThan(500);
    const query = '__proto__[polluted]=1&constructor[prototype][polluted]=1&__proto__.polluted=1';
    for (const path of ['/anrok/documents', '/anrok/api/records', '/api/v1/invoices', '/sign-in'])
      expect((await ask(`${path}?${query}`, { headers: authorized })).status).toBeLessThan(500);
    for (const path of ['/anrok/documents/retry', '/anrok/resyncs', '/sign-in'])
      expect((await ask(path, { method: 'POST', headers: form, body: query })).status).toBeLessThan(500);
    const csv = `__proto__,constructor,item_type,item_id,product_external_id\n1,1,__proto__,constructor,polluted\n`;
    await ask('/anrok/api/connections/anrok/mappings/import', { method: 'POST', headers: authorized, body: csv });
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
    expect(Object.keys(Object.prototype)).toEqual([]);
  });

  it('names no address for keys to be sent to: that is an option of the host', async () => {
    const connection = { code: 'evil', name: 'Evil', apiKey: 'acme/key/secret', baseUrl: 'https://evil.example' };
    expect(await host.admin('POST', 'connections', connection)).toEqual(problem(400, 'invalid_request'));
    expect(await host.admin('PATCH', 'connections/anrok', { baseUrl: 'https://evil.example' })).toEqual(
      problem(400, 'invalid_request'),
    );
  });

  it('reads no file but those of the pages', async () => {
    for (const folder of ['/anrok/assets/', '/anrok/api/docs/assets/'])
      for (const file of ['..%2fpackage.json', '../../package.json', '%2e%2e/package.json', '..%5cpackage.json', '%00'])
        expect((await ask(`${folder}${file}`, { headers: authorized })).text).not.toMatch(/"(dependencies|exports)"/);
  });

  it('puts nothing into a page by the name of the host that it asks', async () => {
    const { status, text: page } = await ask('/', { headers: { host: '<script>alert(1)</script>' } });
    expect(status).toBe(200);
    expect(page).not.toContain('<script');
  });

  it('puts no header into an answer by where it wants to go on', async () => {
    const next = '/anrok\r\nSet-Cookie: evil=1';
    for (const { headers } of [await signIn({ key: HOST_API_KEY, next }), await ask(`/sign-in?next=%0d%0aevil:1`)])
      expect([headers['evil'], headers['set-cookie'] ?? []].flat().join()).not.toContain('evil');
    const query = { ids: '', query: 'a=1\r\nSet-Cookie: evil=1' };
    const answer = await ask('/anrok/documents/retry', {
      method: 'POST',
      headers: form,
      body: String(new URLSearchParams(query)),
    });
    expect(answer.headers['set-cookie']).toBeUndefined();
  });

  it('leads nowhere else after signing in', async () => {
    for (const next of [
      'https://evil.example',
      '//evil.example',
      '/..//evil.example',
      '/\\evil.example',
      'javascript:alert(1)',
    ])
      expect((await signIn({ key: HOST_API_KEY, next })).headers['location']).toBe('/anrok');
  });

  it('gets a session that no script reads, that no other site sends, and that goes over https where that is used', async () => {
    const cookieOf = async (headers: Record<string, string> = {}) =>
      String((await signIn({ key: HOST_API_KEY }, headers)).headers['set-cookie']);
    expect(await cookieOf()).toMatch(/^host_session=[\w-]{43}; HttpOnly; SameSite=Strict; Path=\/; Max-Age=43200$/);
    expect(await cookieOf({ 'x-forwarded-proto': 'https' })).toMatch(/; Secure$/);
    expect(await cookieOf({ 'x-forwarded-proto': 'https,http' })).toMatch(/; Secure$/);
  });

  it('has no session that it brought along itself, nor one for a wrong key', async () => {
    for (const cookie of ['host_session=', 'host_session=mine', `host_session=${HOST_API_KEY}`])
      expect((await ask('/anrok/api/connections', { headers: { cookie } })).status).toBe(401);
    for (const key of ['', 'test', `${HOST_API_KEY}y`, HOST_API_KEY.toUpperCase()])
      expect((await signIn({ key }, { cookie: 'host_session=mine' })).headers['set-cookie']).toBeUndefined();
  });

  it('of another site may read nothing', async () => {
    for (const path of ['/anrok/api/connections', '/api/v1/invoices', '/anrok', '/metrics']) {
      const { headers } = await ask(path, { headers: { ...authorized, origin: 'https://evil.example' } });
      expect(Object.keys(headers).filter((name) => name.startsWith('access-control-'))).toEqual([]);
    }
  });

  it.each(['/', '/sign-in', '/anrok', '/anrok/documents/none', '/anrok/api/docs'])(
    'shows %s in no frame of another site',
    async (path) => {
      const { headers } = await ask(path, { headers: authorized });
      expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
    },
  );

  it('is told no place in the program, whatever is wrong with it', async () => {
    const wrong: [string, Asked?][] = [
      ['/%'],
      ['/nowhere'],
      ['/anrok/%'],
      ['/anrok/documents/%00', { headers: authorized }],
      ['/anrok/api/records/%00', { headers: authorized }],
      ['/anrok/api/nowhere', { headers: authorized }],
      ['/api/v1/invoices/%00', { headers: authorized }],
      ['/sign-in', { method: 'POST', headers: json, body: '{' }],
      ['/anrok/api/estimates', { method: 'POST', headers: json, body: '{' }],
      ['/api/v1/customers', { method: 'POST', headers: json, body: '{' }],
      ['/api/v1/customers', { method: 'POST', headers: { ...json, 'content-encoding': 'gzip' }, body: 'no gzip' }],
      [
        '/api/v1/customers',
        { method: 'POST', headers: { ...json, 'content-type': 'application/json; charset=x' }, body: '{}' },
      ],
      ['/sign-in', { method: 'POST', headers: form, body: 'a=1&'.repeat(5_000) }],
    ];
    for (const [path, asked] of wrong) {
      const { status, text: answer } = await ask(path, asked);
      expect([path, status]).toEqual([path, expect.any(Number)]);
      expect(status).toBeGreaterThanOrEqual(400);
      expect(status).toBeLessThan(500);
      expect(answer).not.toMatch(/node_modules|file:\/\/|\.(js|ts):\d|\n\s+at /);
    }
  });
});

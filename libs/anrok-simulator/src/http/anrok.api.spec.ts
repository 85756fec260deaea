import { describe, expect, it } from '@jest/globals';
import { OPERATION_NAMES } from '../index.js';
import { aDocument, aTransaction } from '../testing/document.builder.js';
import { clockAt, reply, simulators } from '../testing/simulators.js';

const start = simulators();
/** One path of every operation. */
const PATHS = {
  'transactions.createEphemeral': 'transactions/createEphemeral',
  'transactions.createOrUpdate': 'transactions/createOrUpdate',
  'transactions.createNegation': 'transactions/createNegation',
  'transactions.void': 'transactions/id:v1:1/void',
  'transactions.list': 'transactions/list',
  'products.create': 'products/create',
  'products.get': 'products/externalId:sku/get',
  'productTaxCategories.list': 'productTaxCategories/list',
  'productIdMapping.list': 'integrations/id:x/productIdMapping/list',
  'productIdMapping.add': 'integrations/id:x/productIdMapping/add',
  'certificates.create': 'certificates/create',
  'certificates.get': 'certificates/id:x/get',
  'certificates.list': 'certificates/list',
  'certificates.archive': 'certificates/id:x/archive',
  'certificateRequests.create': 'certificateRequests/create',
  'taxId.validate': 'taxId/validate',
  'filings.list': 'filings/list',
} as const;
const IN_TEXT = new Set(['transactions.list', 'certificates.list', 'certificateRequests.create', 'filings.list']);

describe.each(OPERATION_NAMES)('%s', (name) => {
  const path = PATHS[name];

  it('is a POST with a key', async () => {
    const { post, url, apiKey, calls } = await start();
    expect((await post(path, {})).status).not.toBe(404);
    const headers = { Authorization: `Bearer ${apiKey}` };
    expect(await reply(`${url}/v1/seller/${path}`, { headers })).toMatchObject({ status: 404 });
    expect(await reply(`${url}/v1/seller/${path}`, { headers, method: 'PUT' })).toMatchObject({ status: 404 });
    for (const authorization of [
      '',
      'Bearer',
      `Basic ${apiKey}`,
      apiKey,
      `Bearer ${apiKey}x`,
      `Bearer ${apiKey.slice(1)}`,
    ])
      expect(await post(path, {}, { headers: { Authorization: authorization } })).toMatchObject({ status: 401 });
    expect(calls.all()[0]?.operation).toBe(name);
  });

  it('takes a JSON object and nothing else, and refuses in the form of its endpoint', async () => {
    const { post } = await start();
    const contentType = IN_TEXT.has(name) ? 'text/plain' : 'application/json';
    for (const body of ['', '{', 'x=1', '[]', 'null', '1', '"{}"', '{"a":1,}', '\u0000']) {
      const { status, headers, text } = await post(path, body);
      expect([status, headers.get('content-type')]).toEqual([400, contentType]);
      expect(text.startsWith(contentType === 'text/plain' ? 'Request body: Expected' : '"Request body: Expected')).toBe(
        true,
      );
    }
    expect(await post(path, '{}', { headers: { 'Content-Type': 'text/plain' } })).toMatchObject({ status: 400 });
    expect((await post(path, { surprise: 1 })).status).toBe(400);
  });
});

describe('a path that means nothing', () => {
  it.each([
    '/',
    '/v1/seller/',
    '/v1/seller/transactions',
    '/v1/seller/transactions/createOrUpdate/',
    '/v1/seller/transactions/v1:1/void',
    '/v1/seller/transactions/id:a/b/void',
    '/v1/seller/transactions/id:%/void',
    '/v2/seller/transactions/list',
    '/transactions/list',
  ])('is not found: %s', async (path) => {
    const { url, apiKey } = await start();
    const request = { method: 'POST', headers: { Authorization: `Bearer ${apiKey}` }, body: '{}' };
    expect(await reply(url + path, request)).toMatchObject({ status: 404 });
  });
});

describe('sellers', () => {
  const apiKeys = ['one/k1/secret.a', 'one/k2/secret.b', 'two/k1/secret.c'];

  it('share their books among their keys, and with nobody else', async () => {
    const { post, books, booksOf, sellerId } = await start({ apiKeys });
    await post('transactions/createOrUpdate', aTransaction('inv-1'), { apiKey: 'one/k1/secret.a' });
    expect(await post('transactions/id:inv-1/void', {}, { apiKey: 'two/k1/secret.c' })).toMatchObject({ status: 409 });
    expect(await post('transactions/id:inv-1/void', {}, { apiKey: 'one/k2/secret.b' })).toMatchObject({ status: 200 });
    await post('transactions/createOrUpdate', aTransaction('inv-1'), { apiKey: 'two/k1/secret.c' });
    expect(sellerId).toBe('one');
    expect(books.transaction('inv-1')).toMatchObject({ state: 'voided', version: 2 });
    expect(booksOf('two').transaction('inv-1')).toMatchObject({ state: 'normal', version: 1 });
    expect(() => booksOf('three')).toThrow('There is no seller three');
  });

  it('have a rate limit of their own, over all their keys', async () => {
    const { post } = await start({ apiKeys, requestsPerSecond: 2, clock: clockAt('2026-03-15T12:00:00Z') });
    const statusWith = async (apiKey: string) => (await post('products/externalId:x/get', {}, { apiKey })).status;
    const statuses = [];
    for (const key of [apiKeys[0]!, apiKeys[1]!, apiKeys[0]!, apiKeys[2]!]) statuses.push(await statusWith(key));
    expect(statuses).toEqual([409, 409, 429, 409]);
  });
});

describe('the rate limit', () => {
  it('is 10 in a second by default, says when to come back, and lets in again then', async () => {
    const clock = clockAt('2026-03-15T12:00:00Z');
    const { post, books } = await start({ requestsPerSecond: undefined, clock });
    for (let index = 0; index < 10; index += 1)
      expect(await post('transactions/createOrUpdate', aTransaction(`inv-${index}`))).toMatchObject({ status: 200 });
    const refused = await post('transactions/createOrUpdate', aTransaction('inv-10'));
    expect([refused.status, refused.headers.get('content-type'), refused.headers.get('retry-after')]).toEqual([
      429,
      'text/plain',
      '1',
    ]);
    expect(refused.text).toBe("You've exceeded the limit of 10 requests in a second.");
    expect(books.transaction('inv-10')).toBeUndefined();
    clock.advance(1_000);
    expect(await post('transactions/createOrUpdate', aTransaction('inv-10'))).toMatchObject({ status: 200 });
  });

  it('does not count requests with a wrong key', async () => {
    const { post } = await start({ requestsPerSecond: 1, clock: clockAt('2026-03-15T12:00:00Z') });
    await post('transactions/list', {}, { apiKey: 'sandbox/key1/wrong' });
    expect(await post('transactions/list')).toMatchObject({ status: 200 });
  });
});

describe('the log of calls', () => {
  it('has what was asked, when, of whom and what was answered, and no key', async () => {
    const clock = clockAt('2026-03-15T12:00:00Z');
    const { post, calls, apiKey } = await start({ clock });
    await post('transactions/createEphemeral', aDocument());
    clock.advance(5_000);
    await post('transactions/id:v1:1/void', 'no json');
    await post('nothing/here', {}, { apiKey: 'wrong' });
    expect(calls.all()).toEqual([
      {
        operation: 'transactions.createEphemeral',
        path: '/v1/seller/transactions/createEphemeral',
        sellerId: 'sandbox',
        body: aDocument(),
        receivedAt: new Date('2026-03-15T12:00:00Z'),
        status: 200,
        fault: null,
      },
      expect.objectContaining({
        operation: 'transactions.void',
        body: undefined,
        receivedAt: new Date('2026-03-15T12:00:05Z'),
        status: 400,
      }),
      expect.objectContaining({ operation: null, path: '/v1/seller/nothing/here', sellerId: null, status: 404 }),
    ]);
    expect(JSON.stringify(calls.all())).not.toContain(apiKey);
  });

  it('shows a call that waits without a status, and what was read of it stays as it was', async () => {
    const { post, calls, faults } = await start();
    const hold = faults.hold('any');
    const held = post('transactions/list');
    await hold.arrived;
    const waiting = calls.all();
    hold.release();
    await held;
    expect([waiting, calls.all()]).toMatchObject([[{ status: null }], [{ status: 200 }]]);
  });

  it('is asked by operation, and forgets on demand', async () => {
    const { post, calls } = await start();
    await post('transactions/list');
    await post('filings/list');
    expect(calls.of('filings.list')).toHaveLength(1);
    expect(calls.of('any')).toHaveLength(2);
    calls.clear();
    expect(calls.all()).toEqual([]);
  });
});

describe('a body', () => {
  it('of more than 20 MB is refused', async () => {
    const { post } = await start();
    expect(await post('transactions/list', 'x'.repeat(20 * 1024 * 1024 + 1))).toMatchObject({ status: 413 });
  });
});

describe('a connection', () => {
  it('that is idle is not ended by the simulator, so that no request is lost by accident', async () => {
    const { post } = await start();
    // with a time limit, Node announces it
    expect((await post('transactions/list')).headers.get('keep-alive')).toBeNull();
  });
});

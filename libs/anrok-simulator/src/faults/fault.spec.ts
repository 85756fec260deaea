import { describe, expect, it } from '@jest/globals';
import type { Fault } from '../index.js';
import { aTransaction } from '../testing/document.builder.js';
import { eventually } from '../testing/eventually.js';
import { type RequestOptions, simulators, type SimulatorUnderTest } from '../testing/simulators.js';

const start = simulators();

const record = ({ post }: SimulatorUnderTest, id = 'inv-1', request: RequestOptions = {}) =>
  post('transactions/createOrUpdate', aTransaction(id), request);
/** For an answer that never comes. */
const PATIENCE_MS = 500;
const impatiently = () => ({ signal: AbortSignal.timeout(PATIENCE_MS) });
const anError = (name: string) => expect.objectContaining({ name });

describe('a fault in the place of the operation', () => {
  it.each<[Fault, number, string | null, string]>([
    [{ kind: 'status', status: 500 }, 500, 'text/plain', ''],
    [{ kind: 'status', status: 502, body: '<h1>Bad</h1>', contentType: 'text/html' }, 502, 'text/html', '<h1>Bad</h1>'],
    [{ kind: 'status', status: 401, body: 'Who?' }, 401, 'text/plain', 'Who?'],
    [
      { kind: 'status', status: 409, body: { type: 'externalServiceError' } },
      409,
      'application/json',
      '{"type":"externalServiceError"}',
    ],
    [{ kind: 'status', status: 204 }, 204, 'text/plain', ''],
    [{ kind: 'garbage', body: 'Log in first' }, 200, 'text/html', 'Log in first'],
  ])('%j answers so, and nothing is committed', async (fault, status, contentType, text) => {
    const simulator = await start();
    simulator.faults.next('any', fault);
    const answer = await record(simulator);
    expect([answer.status, answer.headers.get('content-type'), answer.text]).toEqual([status, contentType, text]);
    expect(simulator.books.transactions()).toEqual([]);
    expect(simulator.calls.all()).toMatchObject([{ status, fault: fault.kind }]);
  });

  it('garbage is a page by default', async () => {
    const simulator = await start();
    simulator.faults.next('any', { kind: 'garbage' });
    expect((await record(simulator)).text).toContain('<html>');
  });

  it.each([
    [{}, '1'],
    [{ 'Retry-After': '7' }, '7'],
    [{ 'retry-after': '7' }, '7'],
  ])('429 with the headers %j asks to wait %s s', async (headers, seconds) => {
    const simulator = await start();
    simulator.faults.next('any', { kind: 'status', status: 429, headers });
    expect((await record(simulator)).headers.get('retry-after')).toBe(seconds);
  });

  it('timeout: there is no answer, and nothing is committed', async () => {
    const simulator = await start();
    simulator.faults.next('any', { kind: 'timeout' });
    await expect(record(simulator, 'inv-1', impatiently())).rejects.toEqual(anError('TimeoutError'));
    await eventually(() => expect(simulator.calls.all()).toMatchObject([{ status: null, fault: 'timeout' }]));
    expect(simulator.books.transactions()).toEqual([]);
  });

  it('reset: the connection breaks, and nothing is committed', async () => {
    const simulator = await start();
    simulator.faults.next('any', { kind: 'reset' });
    await expect(record(simulator)).rejects.toMatchObject({ cause: { code: 'ECONNRESET' } });
    expect(simulator.books.transactions()).toEqual([]);
  });
});

describe('a fault behind the commit', () => {
  const committed = { id: 'inv-1', version: 1, state: 'normal' };

  it.each([
    ['reset', { cause: { code: 'ECONNRESET' } }],
    ['timeout', { name: 'TimeoutError' }],
  ] as const)('loses the answer by %s', async (by, error) => {
    const simulator = await start();
    simulator.faults.next('any', { kind: 'loseAnswer', by });
    const patience = by === 'timeout' ? impatiently() : {};
    await expect(record(simulator, 'inv-1', patience)).rejects.toMatchObject(error);
    await eventually(() => expect(simulator.books.transactions()).toMatchObject([committed]));
    expect(simulator.calls.all()).toMatchObject([{ status: null, fault: 'loseAnswer' }]);
  });

  it('loses the answer by status 502', async () => {
    const simulator = await start();
    simulator.faults.next('any', { kind: 'loseAnswer', by: 'status' });
    const { status, headers } = await record(simulator);
    expect([status, headers.get('content-type')]).toEqual([502, 'text/html']);
    expect(simulator.books.transactions()).toMatchObject([committed]);
  });

  it('stalls: status and headers arrive, the body never ends', async () => {
    const { faults, books, url, apiKey } = await start();
    const patience = new AbortController();
    faults.next('any', { kind: 'stall' });
    const response = await fetch(`${url}/v1/seller/transactions/createOrUpdate`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${apiKey}`, 'Content-Type': 'application/json' },
      body: JSON.stringify(aTransaction('inv-1')),
      signal: patience.signal,
    });
    setTimeout(() => patience.abort(), PATIENCE_MS);
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/json']);
    await expect(response.text()).rejects.toEqual(anError('AbortError'));
    expect(books.transactions()).toMatchObject([committed]);
  });

  it('truncates: a whole answer by its length, and half a JSON', async () => {
    const { faults, books, url, apiKey } = await start();
    faults.next('any', { kind: 'truncate' });
    const response = await fetch(`${url}/v1/seller/transactions/createOrUpdate`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${apiKey}`, 'Content-Type': 'application/json' },
      body: JSON.stringify(aTransaction('inv-1')),
    });
    const text = await response.text();
    expect([response.status, response.headers.get('connection'), text.slice(0, 13)]).toEqual([
      200,
      'close',
      '{"version":1,',
    ]);
    expect(() => JSON.parse(text)).toThrow(SyntaxError);
    expect(books.transactions()).toMatchObject([committed]);
  });

  it('is late: whoever waits long enough gets the answer', async () => {
    const simulator = await start();
    simulator.faults.next('any', { kind: 'slow', delayMs: 5 });
    expect(await record(simulator)).toMatchObject({ status: 200, body: { version: 1 } });
  });

  it('is late: what the caller gave up on is committed all the same', async () => {
    const simulator = await start();
    simulator.faults.next('any', { kind: 'slow', delayMs: 2 * PATIENCE_MS });
    await expect(record(simulator, 'inv-1', impatiently())).rejects.toEqual(anError('TimeoutError'));
    await eventually(() => expect(simulator.books.transactions()).toMatchObject([committed]));
  });
});

describe('a call fault', () => {
  it('runs its hooks around the commit', async () => {
    const simulator = await start();
    const seen: number[] = [];
    const look = () => void seen.push(simulator.books.transactions().length);
    simulator.faults.next('any', { kind: 'call', before: look, after: look });
    expect(await record(simulator)).toMatchObject({ status: 200 });
    expect(seen).toEqual([0, 1]);
  });

  it('waits for its hooks', async () => {
    const simulator = await start();
    simulator.faults.next('transactions.createOrUpdate', {
      kind: 'call',
      after: async () => {
        await simulator.post('transactions/id:inv-1/void');
      },
    });
    await record(simulator);
    expect(simulator.books.transaction('inv-1')?.state).toBe('voided');
  });

  it('answers 500 when a hook throws, and goes on living', async () => {
    const simulator = await start();
    const before = () => {
      throw new Error('no luck');
    };
    simulator.faults.next('any', { kind: 'call', before });
    expect(await record(simulator)).toMatchObject({ status: 500, text: 'The simulator failed: no luck' });
    expect(simulator.books.transactions()).toEqual([]);
    expect(await record(simulator)).toMatchObject({ status: 200 });
    expect(simulator.calls.all()).toMatchObject([{ status: 500, fault: 'call' }, { status: 200 }]);
  });
});

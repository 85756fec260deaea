import { describe, expect, it } from '@jest/globals';
import type { Fault, FaultTarget } from '../index.js';
import { aDocument, aTransaction } from '../testing/document.builder.js';
import { eventually } from '../testing/eventually.js';
import { type RequestOptions, simulators, type SimulatorUnderTest } from '../testing/simulators.js';

const start = simulators();
const record = ({ post }: SimulatorUnderTest, id = 'inv-1', request: RequestOptions = {}) =>
  post('transactions/createOrUpdate', aTransaction(id), request);

describe('the script', () => {
  const status = (code: number): Fault => ({ kind: 'status', status: code });
  const statusesOf = async (simulator: SimulatorUnderTest, count: number) => {
    const statuses = [];
    for (let index = 0; index < count; index += 1) statuses.push((await record(simulator, `inv-${index}`)).status);
    return statuses;
  };

  it('plays in the order given, each fault as often as said', async () => {
    const simulator = await start();
    simulator.faults.next('any', status(500));
    simulator.faults.next('any', status(503), { times: 2 });
    simulator.faults.next('transactions.createOrUpdate', status(504));
    expect(await statusesOf(simulator, 5)).toEqual([500, 503, 503, 504, 200]);
  });

  it('keeps faults for the operation that they are meant for', async () => {
    const simulator = await start();
    simulator.faults.next('transactions.void', status(500));
    expect((await record(simulator)).status).toBe(200);
    expect((await simulator.post('transactions/createEphemeral', aDocument())).status).toBe(200);
    expect((await simulator.post('transactions/id:inv-1/void')).status).toBe(500);
    expect((await simulator.post('transactions/id:inv-1/void')).status).toBe(200);
  });

  it('plays what is always there after what comes next, the last one first, until cleared', async () => {
    const simulator = await start();
    simulator.faults.always('any', status(500));
    simulator.faults.always('transactions.createOrUpdate', status(503));
    simulator.faults.next('any', status(504));
    expect(await statusesOf(simulator, 3)).toEqual([504, 503, 503]);
    expect((await simulator.post('transactions/list')).status).toBe(500);
    simulator.faults.next('any', status(504));
    simulator.faults.clear();
    expect(await statusesOf(simulator, 1)).toEqual([200]);
  });

  it('spends nothing on a request that is not let in', async () => {
    const simulator = await start();
    simulator.faults.next('any', status(500));
    expect(await simulator.post('transactions/list', {}, { apiKey: 'wrong' })).toMatchObject({ status: 401 });
    expect(await simulator.post('nothing/here')).toMatchObject({ status: 404 });
    expect(await simulator.post('transactions/list')).toMatchObject({ status: 500 });
  });
});

describe('a hold', () => {
  it.each<FaultTarget>(['any', 'transactions.createOrUpdate'])(
    'of %s lets one request wait until it is released',
    async (target) => {
      const simulator = await start();
      const hold = simulator.faults.hold(target);
      const held = simulator.post('transactions/createOrUpdate', aTransaction('held'));
      await hold.arrived;
      expect(await record(simulator, 'other')).toMatchObject({ status: 200 });
      expect(simulator.books.transactions().map(({ id }) => id)).toEqual(['other']);
      hold.release();
      expect(await held).toMatchObject({ status: 200 });
      expect(simulator.books.transactions().map(({ id }) => id)).toEqual(['other', 'held']);
    },
  );

  it('that is released early holds nobody', async () => {
    const simulator = await start();
    const hold = simulator.faults.hold('any');
    hold.release();
    expect(await record(simulator)).toMatchObject({ status: 200 });
    await hold.arrived;
  });

  it('is before the fault is chosen: the held request meets what the others left', async () => {
    const simulator = await start();
    const hold = simulator.faults.hold('any');
    const held = simulator.post('transactions/list');
    await hold.arrived;
    simulator.faults.next('any', { kind: 'status', status: 500 });
    simulator.faults.next('any', { kind: 'status', status: 503 });
    expect((await record(simulator)).status).toBe(500);
    hold.release();
    expect((await held).status).toBe(503);
  });

  it('commits when it is released though the caller has gone: the late one of two', async () => {
    const simulator = await start();
    const hold = simulator.faults.hold('any');
    const caller = new AbortController();
    const held = record(simulator, 'late', { signal: caller.signal });
    await hold.arrived;
    caller.abort();
    await expect(held).rejects.toMatchObject({ name: 'AbortError' });
    hold.release();
    await eventually(() => expect(simulator.books.transaction('late')).toBeDefined());
  });

  it('ends with clear', async () => {
    const simulator = await start();
    const hold = simulator.faults.hold('any');
    const held = record(simulator);
    await hold.arrived;
    simulator.faults.clear();
    expect(await held).toMatchObject({ status: 200 });
  });
});

describe('close', () => {
  it('ends requests that are held, delayed, stalled or never answered, and commits none that waited', async () => {
    const simulator = await start();
    const { faults, post, books } = simulator;
    faults.next('filings.list', { kind: 'timeout' });
    faults.next('transactions.list', { kind: 'stall' });
    faults.next('transactions.createOrUpdate', { kind: 'slow', delayMs: 600_000 });
    const hold = faults.hold('transactions.createOrUpdate');
    const held = post('transactions/createOrUpdate', aTransaction('held'));
    await hold.arrived;
    const waiting = [
      post('filings/list'),
      post('transactions/list'),
      post('transactions/createOrUpdate', aTransaction('slow')),
    ];
    await eventually(() => expect(simulator.calls.all()).toHaveLength(4));
    await simulator.close();
    const outcomes = await Promise.allSettled([held, ...waiting]);
    expect(outcomes.map(({ status }) => status)).toEqual(Array.from({ length: 4 }, () => 'rejected'));
    const statuses = new Set(simulator.calls.all().map(({ operation, status }) => `${operation} ${status}`));
    expect(statuses).toEqual(
      new Set(['filings.list null', 'transactions.list 200', 'transactions.createOrUpdate null']),
    );
    expect(books.transactions()).toEqual([]);
  });

  it('can be called twice', async () => {
    const simulator = await start();
    await simulator.close();
    await expect(simulator.close()).resolves.toBeUndefined();
  });
});

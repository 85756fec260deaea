import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Fault } from '@anrok-nest/simulator';
import { anInvoice } from '@anrok-nest/tax/testing';
import { type ModuleUnderTest, startModule } from '../support/module-under-test.js';

const RECORD = 'transactions.createOrUpdate';

describe('when Anrok fails', () => {
  let tested: ModuleUnderTest;
  beforeEach(async () => {
    tested = await startModule({ requestTimeoutMs: 1_500 });
  });
  afterEach(() => tested.close());

  const record = () => tested.recordOf('inv-1');
  const finalize = () => tested.finalize(anInvoice());

  const lost: [string, Fault, string][] = [
    ['commits and then resets the connection', { kind: 'loseAnswer', by: 'reset' }, 'anrok_network_error'],
    ['commits and never answers', { kind: 'loseAnswer', by: 'timeout' }, 'anrok_timeout'],
    ['commits and a proxy answers 502', { kind: 'loseAnswer', by: 'status' }, 'anrok_server_error'],
    ['commits and stalls in the middle of its answer', { kind: 'stall' }, 'anrok_timeout'],
    ['commits and sends half an answer', { kind: 'truncate' }, 'anrok_unreadable_answer'],
  ];
  it.each(lost)('after it %s, the document is recorded once and knows its version', async (_, fault, code) => {
    tested.simulator.faults.next(RECORD, fault);
    const invoice = await finalize();
    expect(await record()).toMatchObject({ status: 'retrying', problemCode: code, doubtfulParts: 1, failures: 1 });
    expect(tested.host.problemOf(invoice)).toMatchObject({ code, next: 'retrying', retryAt: expect.any(Date) });
    expect(tested.host.taxesOf(invoice)).toBeUndefined();

    tested.clock.advance(1_000);
    await tested.worker.drain();
    expect(await record()).toMatchObject({ status: 'synced', problemCode: null, failures: 0 });
    const [booked, ...others] = tested.simulator.books.transactions();
    expect(others).toEqual([]);
    expect(booked).toMatchObject({ id: 'host:invoice:inv-1', version: 2 });
    const { transactions } = await tested.records.history((await record()).id);
    expect(transactions).toEqual([expect.objectContaining({ version: 2 })]);
    expect(tested.host.taxesOf(invoice)?.calculation.taxAmountToCollect).toBe(booked?.taxAmountToCollect);
    expect(tested.host.problemOf(invoice)).toBeUndefined();
  });

  const refused: [string, Fault, string][] = [
    ['answers 500', { kind: 'status', status: 500 }, 'anrok_server_error'],
    ['resets the connection', { kind: 'reset' }, 'anrok_network_error'],
    ['never answers', { kind: 'timeout' }, 'anrok_timeout'],
    ['answers 200 with a page of HTML', { kind: 'garbage' }, 'anrok_unreadable_answer'],
    [
      'names a passing trouble',
      { kind: 'status', status: 409, body: { type: 'externalServiceError' } },
      'anrok_external_service_error',
    ],
  ];
  it.each(refused)('and %s, it is tried again until it answers', async (_, fault, code) => {
    tested.simulator.faults.next(RECORD, fault, { times: 3 });
    await finalize();
    for (const failures of [1, 2, 3]) {
      expect(await record()).toMatchObject({ status: 'retrying', problemCode: code, failures });
      expect(await tested.worker.drain()).toBe(0);
      tested.clock.advance(8_000);
      await tested.worker.drain();
    }
    expect(await record()).toMatchObject({ status: 'synced' });
    expect(tested.simulator.books.transactions()).toHaveLength(1);
    const { attempts } = await tested.records.history((await record()).id);
    expect(attempts.map(({ outcome }) => outcome)).toEqual(['applied', 'retrying', 'retrying', 'retrying']);
    expect(attempts[3]).toMatchObject({ problemCode: code, exchanges: [expect.objectContaining({ errorCode: code })] });
  });

  it('for three days, the document is given up, and says so', async () => {
    tested.simulator.faults.always(RECORD, { kind: 'status', status: 503 });
    const invoice = await finalize();
    for (let hour = 0; hour < 80; hour += 8) {
      tested.clock.advance(8 * 3_600_000);
      await tested.worker.drain();
    }
    expect(await record()).toMatchObject({ status: 'failed', problemCode: 'anrok_server_error' });
    expect(tested.host.problemOf(invoice)).toMatchObject({ next: 'failed' });

    await tested.sync.request(invoice);
    await tested.worker.drain();
    expect(await record()).toMatchObject({ status: 'retrying', failures: 1 });
  });

  it('with a reason that nobody knows yet, the document fails rather than crash or count as zero tax', async () => {
    tested.simulator.faults.next(RECORD, { kind: 'status', status: 409, body: { type: 'moonNotFull' } });
    const invoice = await finalize();
    expect(tested.host.problemOf(invoice)).toMatchObject({ code: 'anrok_conflict_unknown', next: 'failed' });
    expect(tested.host.taxesOf(invoice)).toBeUndefined();
  });

  it('an estimate says so at once, with the code and the remedy', async () => {
    tested.simulator.faults.next('transactions.createEphemeral', { kind: 'timeout' });
    await expect(tested.strategy.estimate(anInvoice(), { timeoutMs: 40 })).rejects.toMatchObject({
      code: 'anrok_timeout',
      problem: { retry: 'later', remedy: expect.stringMatching(/./) },
    });
  });

  it('an estimate ends when its caller stops waiting', async () => {
    const held = tested.simulator.faults.hold('transactions.createEphemeral');
    const caller = new AbortController();
    const estimate = tested.strategy.estimate(anInvoice(), { signal: caller.signal });
    await held.arrived;
    caller.abort();
    await expect(estimate).rejects.toMatchObject({ code: 'anrok_cancelled' });
    held.release();
  });
});

describe('when the host fails', () => {
  let tested: ModuleUnderTest;
  beforeEach(async () => {
    tested = await startModule();
  });
  afterEach(() => tested.close());
  const record = () => tested.recordOf('inv-1');

  /** Lets a method of the host's port throw once. */
  const breakOnce = (method: 'loadDocument' | 'applyTaxes' | 'reportProblem') => {
    const { host } = tested;
    const original = host[method].bind(host) as () => Promise<never>;
    Object.assign(host, {
      [method]: async () => {
        Object.assign(host, { [method]: original });
        throw new Error(`${method} is broken`);
      },
    });
  };

  it.each(['loadDocument', 'applyTaxes'] as const)('to %s, the document is tried again', async (method) => {
    const invoice = tested.host.put(anInvoice());
    breakOnce(method);
    await tested.sync.request(invoice);
    await tested.worker.drain();
    expect(await record()).toMatchObject({
      status: 'retrying',
      problemCode: 'unexpected_error',
      problem: { message: expect.stringContaining(`${method} is broken`) },
    });
    tested.clock.advance(1_000);
    await tested.worker.drain();
    expect(await record()).toMatchObject({ status: 'synced' });
    expect(tested.simulator.books.transactions()).toHaveLength(1);
    expect(tested.host.taxesOf(invoice)).toBeDefined();
  });

  it('to report a problem, the problem is on record all the same', async () => {
    tested.simulator.faults.next('any', { kind: 'status', status: 500 });
    breakOnce('reportProblem');
    await tested.sync.request(tested.host.put(anInvoice()));
    await tested.worker.drain();
    expect(await record()).toMatchObject({ status: 'retrying', problemCode: 'anrok_server_error' });
  });

  it('to listen, the document is synced all the same', async () => {
    tested.events.on('tax.applied', () => {
      throw new Error('a listener is broken');
    });
    await tested.sync.request(tested.host.put(anInvoice()));
    await tested.worker.drain();
    expect(await record()).toMatchObject({ status: 'synced' });
  });
});

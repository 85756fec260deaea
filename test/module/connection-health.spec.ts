import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { CONNECTION_HEALTHY, CONNECTION_UNHEALTHY } from '@anrok-nest/module';
import { anInvoice } from '@anrok-nest/tax/testing';
import { type ModuleUnderTest, startModule } from '../support/module-under-test.js';

const REFUSED = { kind: 'status', status: 401 } as const;

describe('a connection whose key is refused', () => {
  let tested: ModuleUnderTest;
  let told: [string, unknown][];
  beforeEach(async () => {
    tested = await startModule();
    told = [];
    for (const name of [CONNECTION_UNHEALTHY, CONNECTION_HEALTHY])
      tested.events.on(name, (event) => told.push([name, event]));
  });
  afterEach(() => tested.close());

  const finalize = (id: string) => tested.finalize(anInvoice({ id }));
  const statusOf = async (id: string) => (await tested.recordOf(id)).status;
  const connection = () => tested.connections.byCode('anrok');
  const break_ = async () => {
    tested.simulator.faults.always('any', REFUSED);
    await finalize('inv-1');
  };
  const mend = () => tested.simulator.faults.clear();

  it('is paused by the first document that finds out, and told of once', async () => {
    await break_();
    expect(await connection()).toMatchObject({
      pausedAt: tested.clock.now(),
      pausedProblem: { code: 'anrok_unauthorized' },
    });
    expect(told).toEqual([
      [
        CONNECTION_UNHEALTHY,
        { connectionCode: 'anrok', problem: expect.objectContaining({ code: 'anrok_unauthorized' }) },
      ],
    ]);
    expect(await tested.recordOf('inv-1')).toMatchObject({ status: 'waiting', problemCode: 'anrok_unauthorized' });
  });

  it('is sent nothing while it is paused: documents wait without a try at Anrok', async () => {
    await break_();
    const before = tested.simulator.calls.all().length;
    const invoice = await finalize('inv-2');
    await finalize('inv-3');
    expect(tested.simulator.calls.all()).toHaveLength(before);
    expect(await tested.recordOf('inv-2')).toMatchObject({ status: 'waiting', problemCode: 'connection_paused' });
    expect(tested.host.problemOf(invoice)).toMatchObject({ next: 'waiting' });
    expect(await tested.recordOf('inv-2')).toMatchObject({ doubtfulParts: 0 });
    await expect(tested.strategy.estimate(anInvoice())).rejects.toMatchObject({ code: 'connection_paused' });
    expect(tested.simulator.calls.all()).toHaveLength(before);
  });

  it('blocks what a dry run of a resync would have to send', async () => {
    await break_();
    const { byAction, blocked, calls } = await tested.resync.plan();
    expect({ byAction, calls, codes: Object.keys(blocked) }).toEqual({
      byAction: { record: 0, undo: 0, nothing: 0, blocked: 1 },
      calls: 0,
      codes: ['connection_paused'],
    });
  });

  it('goes on with everything that waited once a test goes through', async () => {
    await break_();
    await finalize('inv-2');
    mend();
    await tested.connections.test(await connection());
    await tested.worker.drain();
    expect([await statusOf('inv-1'), await statusOf('inv-2')]).toEqual(['synced', 'synced']);
    expect(await connection()).toMatchObject({ pausedAt: null, pausedProblem: null });
    expect(told.at(-1)).toEqual([CONNECTION_HEALTHY, { connectionCode: 'anrok' }]);
  });

  it('goes on when it gets another key', async () => {
    await break_();
    mend();
    await tested.connections.update('anrok', { apiKey: tested.simulator.apiKey });
    await tested.worker.drain();
    expect(await statusOf('inv-1')).toBe('synced');
  });

  it('is paused by a test that fails, and stays paused', async () => {
    tested.simulator.faults.always('any', REFUSED);
    await expect(tested.connections.test(await connection())).rejects.toMatchObject({ code: 'anrok_unauthorized' });
    expect(await connection()).toMatchObject({ pausedAt: tested.clock.now() });
  });

  it('is not paused by an answer to a key that was exchanged meanwhile', async () => {
    const invoice = tested.host.put(anInvoice());
    await tested.sync.request(invoice);
    tested.simulator.faults.next('transactions.createOrUpdate', REFUSED);
    const held = tested.simulator.faults.hold('transactions.createOrUpdate');
    const working = tested.worker.drain();
    await held.arrived;
    await tested.connections.update('anrok', { apiKey: tested.simulator.apiKey });
    held.release();
    await working;
    expect(await connection()).toMatchObject({ pausedAt: null });
    await tested.worker.drain();
    expect(await statusOf('inv-1')).toBe('synced');
  });
});

describe('with manual healing', () => {
  it('what waits continues when it is retried, and not before', async () => {
    const tested = await startModule({ healing: 'manual' });
    tested.host.put(anInvoice());
    await tested.sync.request({ kind: 'invoice', id: 'inv-1', customerId: 'cus-1' });
    tested.simulator.faults.next('any', REFUSED);
    await tested.worker.drain();
    await tested.connections.test(await tested.connections.byCode('anrok'));
    expect(await tested.worker.drain()).toBe(0);
    await tested.sync.retry((await tested.recordOf('inv-1')).id);
    await tested.worker.drain();
    expect((await tested.recordOf('inv-1')).status).toBe('synced');
    await tested.close();
  });
});

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  type ResyncFilter,
  ResyncRun,
  TAX_RESYNC_FINISHED,
  TAX_RESYNC_PROGRESS,
  type TaxResyncFinished,
  type TaxResyncProgress,
} from '@anrok-nest/module';
import type { Lane, RateLimiter } from '@anrok-nest/client';
import { aLine, anInvoice } from '@anrok-nest/tax/testing';
import { type ModuleUnderTest, startModule } from '../support/module-under-test.js';
import { sent, setTheScene, standings } from '../support/resync-scene.js';

describe('a resync', () => {
  let tested: ModuleUnderTest;
  let lanes: Lane[];
  beforeEach(async () => {
    lanes = [];
    const rateLimiter: RateLimiter = { acquire: async (_, lane) => void lanes.push(lane), pause: () => {} };
    tested = await startModule({ resync: { batchSize: 2 }, worker: { concurrency: 1 } }, { rateLimiter });
  });
  afterEach(() => tested.close());

  const start = (filter: ResyncFilter = {}) => tested.resync.start(filter, { requestedBy: 'test' });
  const resync = async (filter: ResyncFilter = {}) => {
    const { id } = await start(filter);
    await tested.resync.drain();
    return tested.resync.progress(id);
  };
  const neverSeen = (count: number) => {
    for (let index = 0; index < count; index++) tested.host.put(anInvoice({ id: `inv-${index}` }));
  };

  it('brings everything to Anrok that should be there and is not, also what nobody ever asked for', async () => {
    await setTheScene(tested);
    expect(await resync()).toMatchObject({
      status: 'completed',
      requestedBy: 'test',
      done: 4,
      synced: 3,
      failing: { item_not_mapped: 1 },
      finishedAt: tested.clock.now(),
      leaseOwner: null,
    });
    expect(await standings(tested)).toEqual({
      failed: 'synced',
      'never-1': 'synced',
      'never-2': 'synced',
      'synced-1': 'synced',
      'synced-2': 'synced',
      waiting: 'waiting',
    });
    expect(sent(tested).toSorted()).toEqual(['failed', 'never-1', 'never-2']);
    expect(tested.host.taxesOf({ kind: 'invoice', id: 'never-1' })).toBeDefined();
  });

  it('has nothing left to do the second time', async () => {
    await setTheScene(tested);
    await resync();
    tested.simulator.calls.clear();
    expect(await resync()).toMatchObject({ status: 'completed', done: 1, synced: 0 });
    expect(tested.simulator.calls.all()).toEqual([]);
  });

  it.each<[string, ResyncFilter, string[]]>([
    ['failed ones', { statuses: ['failed'] }, ['failed']],
    ['what was named', { documents: [ref('failed'), ref('never-1'), ref('nowhere')] }, ['failed', 'never-1']],
    ['one cause', { problemCodes: ['anrok_currency_code_not_supported'] }, ['failed']],
    ['the day that they are of', { from: '2026-02-28', to: '2026-02-28' }, ['failed', 'never-1', 'never-2']],
    ['another day', { from: '2026-03-01' }, []],
  ])('of %s touches no others', async (_, filter, expected) => {
    await setTheScene(tested, { accountingDate: '2026-02-28' });
    const before = await standings(tested);
    expect(await resync(filter)).toMatchObject({ status: 'completed', synced: expected.length });
    expect(sent(tested).toSorted()).toEqual(expected);
    const synced = Object.fromEntries(expected.map((id) => [id, 'synced']));
    expect(await standings(tested)).toEqual({ ...before, ...synced });
  });

  it('of synced ones sends what has changed unnoticed', async () => {
    await setTheScene(tested);
    tested.host.put(anInvoice({ id: 'synced-2', lines: [aLine({ amount: 777 })] }));
    await resync({ statuses: ['synced'] });
    expect(sent(tested)).toEqual(['synced-2']);
    expect(tested.simulator.books.transaction('host:invoice:synced-2')?.lines[0]?.amount).toBe(777);
  });

  it.each<[string, ResyncFilter, string]>([
    ['a connection that is not there', { connection: 'nowhere' }, 'connection_not_found'],
    ['a date that is none', { from: '2026-02-30' }, 'invalid_resync_filter'],
    ['an end before its beginning', { from: '2026-03-02', to: '2026-03-01' }, 'invalid_resync_filter'],
    ['a status that is none', { statuses: ['lost' as never] }, 'invalid_resync_filter'],
    ['too many names', { documents: Array.from({ length: 1_001 }, () => ref('x')) }, 'invalid_resync_filter'],
  ])('is refused for %s', async (_, filter, code) => {
    await expect(start(filter)).rejects.toMatchObject({ code });
    await expect(tested.resync.plan(filter)).rejects.toMatchObject({ code });
    expect(await tested.resync.list()).toEqual([]);
  });

  it('has only a batch under way, and goes on when that is done', async () => {
    neverSeen(5);
    const seen: number[] = [];
    tested.events.on(TAX_RESYNC_PROGRESS, ({ run }: TaxResyncProgress) => seen.push(run.done));
    const held = tested.simulator.faults.hold('transactions.createOrUpdate');
    const { id } = await start();
    const working = tested.resync.drain();
    await held.arrived;
    expect(Object.keys(await standings(tested))).toHaveLength(2);
    held.release();
    await working;
    expect(seen).toEqual([2, 4, 5]);
    expect(await tested.resync.progress(id)).toMatchObject({ status: 'completed', done: 5 });
  });

  it('is told of after the commit: each batch, and the end', async () => {
    await setTheScene(tested);
    const told: unknown[] = [];
    const listen = (event: string) => {
      const listener: (told: TaxResyncProgress | TaxResyncFinished) => unknown = async ({ run }) => {
        const { status, done } = await tested.resync.progress(run.id);
        told.push([event, run, { status, done }]);
        throw new Error('a listener of no concern');
      };
      tested.events.on(event, listener);
    };
    listen(TAX_RESYNC_PROGRESS);
    listen(TAX_RESYNC_FINISHED);
    const { id } = await tested.resync.start({}, { requestedBy: 'test', total: 4 });
    await tested.resync.drain();
    const standing = { id, total: 4, unchanged: 0, failing: { item_not_mapped: 1 } };
    expect(told).toEqual([
      [TAX_RESYNC_PROGRESS, { ...standing, status: 'running', done: 2, synced: 1 }, { status: 'running', done: 2 }],
      [TAX_RESYNC_PROGRESS, { ...standing, status: 'running', done: 4, synced: 3 }, { status: 'running', done: 4 }],
      [TAX_RESYNC_FINISHED, { ...standing, status: 'completed', done: 4, synced: 3 }, { status: 'completed', done: 4 }],
    ]);
  });

  it('uses the bulk lane, and leaves it to nobody', async () => {
    neverSeen(1);
    await resync();
    expect(lanes).toEqual(['bulk']);
    expect(await tested.recordOf('inv-0')).toMatchObject({ status: 'synced', resyncRun: null });
    await tested.finalize(anInvoice({ id: 'inv-0', lines: [aLine({ amount: 5 })] }));
    expect(lanes).toEqual(['bulk', 'record']);
  });

  it('lets a finalization overtake', async () => {
    neverSeen(4);
    await start();
    const held = tested.simulator.faults.hold('transactions.createOrUpdate');
    const working = tested.resync.drain();
    await held.arrived;
    tested.clock.advance(1);
    await tested.sync.request(tested.host.put(anInvoice({ id: 'urgent' })));
    held.release();
    await working;
    expect(sent(tested)).toEqual(['inv-0', 'urgent', 'inv-1', 'inv-2', 'inv-3']);
    expect(lanes).toEqual(['bulk', 'record', 'bulk', 'bulk', 'bulk']);
  });

  it('gives a document up to whoever asks for it directly', async () => {
    neverSeen(2);
    await start();
    const held = tested.simulator.faults.hold('transactions.createOrUpdate');
    const working = tested.resync.drain();
    await held.arrived;
    await tested.sync.request({ kind: 'invoice', id: 'inv-1', customerId: 'cus-1' });
    expect(await tested.recordOf('inv-1')).toMatchObject({ status: 'pending', resyncRun: null });
    held.release();
    await working;
    expect(lanes).toEqual(['bulk', 'record']);
    expect((await tested.resync.list())[0]).toMatchObject({ status: 'completed', done: 2, synced: 2 });
  });

  it('that is cancelled leaves at most a batch, and says what came of it', async () => {
    neverSeen(5);
    const { id } = await start();
    const held = tested.simulator.faults.hold('transactions.createOrUpdate');
    const working = tested.resync.drain();
    await held.arrived;
    expect(await tested.resync.cancel(id)).toMatchObject({ status: 'cancelling' });
    held.release();
    await working;
    expect(await tested.resync.progress(id)).toMatchObject({ status: 'cancelled', done: 2, synced: 2 });
    expect(await tested.resync.cancel(id)).toMatchObject({ status: 'cancelled' });
    expect(Object.keys(await standings(tested))).toHaveLength(2);
    expect(await resync()).toMatchObject({ status: 'completed', done: 3 });
  });

  it('waits for what is being retried, but not for ever: that heals by itself', async () => {
    neverSeen(3);
    tested.simulator.faults.always('any', { kind: 'status', status: 503 });
    const { id } = await start();
    for (let minute = 0; minute < 4; minute++) {
      await tested.resync.drain();
      tested.clock.advance(60_000);
    }
    expect(await tested.resync.progress(id)).toMatchObject({ status: 'running', done: 0 });
    tested.clock.advance(60_000);
    await tested.resync.drain();
    expect(await tested.resync.progress(id)).toMatchObject({ done: 2, synced: 0, failing: { anrok_server_error: 2 } });
    tested.simulator.faults.clear();
    tested.clock.advance(60_000);
    await tested.resync.drain();
    expect(await tested.resync.progress(id)).toMatchObject({ status: 'completed', done: 3, synced: 1 });
    tested.clock.advance(60 * 60_000);
    await tested.worker.drain();
    expect(new Set(Object.values(await standings(tested)))).toEqual(new Set(['synced']));
    // also what the run no longer waited for let others go first
    expect(new Set(lanes)).toEqual(new Set(['bulk']));
  });

  describe('at the same time as another one', () => {
    beforeEach(async () => {
      await tested.connections.create({ code: 'other', name: 'Other', apiKey: 'other/key/secret' });
    });

    it.each<[string, ResyncFilter, ResyncFilter]>([
      ['of all', {}, {}],
      ['of all while one connection’s is', { connection: 'anrok' }, {}],
      ['of one connection while that of all is', {}, { connection: 'anrok' }],
      ['of the same connection', { connection: 'anrok' }, { connection: 'anrok', statuses: ['synced'] }],
    ])('%s, is refused with the name of the running one', async (_, running, second) => {
      const { id } = await start(running);
      await expect(start(second)).rejects.toMatchObject({
        code: 'resync_already_running',
        message: expect.stringContaining(id),
        problem: expect.objectContaining({ details: expect.objectContaining({ runId: id, requestedBy: 'test' }) }),
      });
      await tested.resync.drain();
      await expect(start(second)).resolves.toMatchObject({ status: 'running' });
    });

    it('of another connection goes on beside it', async () => {
      neverSeen(3);
      const [one, other] = [await start({ connection: 'anrok' }), await start({ connection: 'other' })];
      await tested.resync.drain();
      expect(await tested.resync.progress(one.id)).toMatchObject({ status: 'completed', done: 3 });
      expect(await tested.resync.progress(other.id)).toMatchObject({ status: 'completed', done: 0 });
    });

    it('is refused also when all are started in the same moment', async () => {
      // the first time, PostgreSQL's connections are still being made
      for (let time = 1; time <= 3; time++) {
        const started = await Promise.allSettled(Array.from({ length: 8 }, () => start()));
        expect(started.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
        expect(await tested.orm.em.fork().count(ResyncRun, {})).toBe(time);
        await tested.resync.drain();
      }
    });
  });

  it('is known by its id and in the history, latest first', async () => {
    const first = await resync();
    tested.clock.advance(1_000);
    const second = await resync({ statuses: ['failed'] });
    expect((await tested.resync.list()).map(({ id }) => id)).toEqual([second.id, first.id]);
    expect((await tested.resync.list(1)).map(({ id }) => id)).toEqual([second.id]);
    for (const unknown of ['nonsense', '00000000-0000-7000-8000-000000000000']) {
      await expect(tested.resync.progress(unknown)).rejects.toMatchObject({ code: 'resync_run_not_found' });
      await expect(tested.resync.cancel(unknown)).rejects.toMatchObject({ code: 'resync_run_not_found' });
    }
  });

  it('knows its total where one query tells it', async () => {
    await setTheScene(tested);
    expect(await resync({ statuses: ['failed', 'waiting'] })).toMatchObject({ total: 2, done: 2 });
    expect(await resync({ statuses: ['synced'], documents: [ref('synced-1')] })).toMatchObject({ total: 1, done: 1 });
    expect(await resync()).toMatchObject({ total: null, done: 3 });
  });
});

function ref(id: string) {
  return { kind: 'invoice' as const, id, customerId: 'cus-1' };
}

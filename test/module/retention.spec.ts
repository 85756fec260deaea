import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ResyncRun, RetentionService, TaxSyncRecord } from '@anrok-nest/module';
import { anInvoice } from '@anrok-nest/tax/testing';
import { type ModuleUnderTest, startModule } from '../support/module-under-test.js';

const DAY_MS = 24 * 3_600_000;

describe('what is old', () => {
  let tested: ModuleUnderTest;
  let retention: RetentionService;
  beforeEach(async () => {
    tested = await startModule({ retention: { attemptDays: 10, resyncRunDays: 10 } });
    retention = tested.app.get(RetentionService);
  });
  afterEach(() => tested.close());

  const attempts = async (id: string) => (await tested.records.history((await tested.recordOf(id)).id)).attempts.length;
  const tryTimes = async (id: string, times: number) => {
    for (let time = 0; time < times; time += 1) await tested.finalize(anInvoice({ id }));
  };

  it('is deleted, but for the last attempt of each document, and where it stands at Anrok', async () => {
    await tryTimes('inv-1', 3);
    const before = await tested.recordOf('inv-1');
    tested.clock.advance(9 * DAY_MS);
    await tryTimes('inv-2', 2);
    expect(await retention.prune()).toEqual({ attempts: 0, resyncRuns: 0 });
    tested.clock.advance(2 * DAY_MS);
    expect(await retention.prune()).toEqual({ attempts: 2, resyncRuns: 0 });
    expect([await attempts('inv-1'), await attempts('inv-2')]).toEqual([1, 2]);
    expect(await tested.recordOf('inv-1')).toMatchObject({ status: before.status, taxAmount: before.taxAmount });
    expect((await tested.records.history(before.id)).transactions).toHaveLength(1);
    expect(await tested.orm.em.fork().count(TaxSyncRecord)).toBe(2);
  });

  it('goes portion by portion, however much it is', async () => {
    await tested.finalize(anInvoice());
    const { id } = await tested.recordOf('inv-1');
    const one = `insert into anrok_sync_attempt (id, record_id, started_at, duration_ms, outcome, exchanges)`;
    const em = tested.orm.em.fork();
    for (let index = 0; index < 2_500; index += 1)
      await em.getConnection().execute(
        `${one} select ?, record_id, started_at, 1, outcome, exchanges
        from anrok_sync_attempt where record_id = ? limit 1`,
        [`00000000-0000-7000-8000-${String(index).padStart(12, '0')}`, id],
      );
    tested.clock.advance(11 * DAY_MS);
    const together = await Promise.all([retention.prune(), retention.prune()]);
    expect(together[0].attempts + together[1].attempts).toBe(2_500);
    expect(await attempts('inv-1')).toBe(1);
  });

  it('of resyncs is those that finished', async () => {
    const { id } = await tested.resync.start({}, { requestedBy: 'ada' });
    await tested.resync.drain();
    await tested.finalize(anInvoice());
    const running = await tested.resync.start({ statuses: ['failed'] }, { requestedBy: 'ada' });
    tested.clock.advance(11 * DAY_MS);
    expect(await retention.prune()).toEqual({ attempts: 0, resyncRuns: 1 });
    const left = await tested.orm.em.fork().find(ResyncRun, {});
    expect(left.map((run) => run.id)).toEqual([running.id]);
    expect(left.map((run) => run.id)).not.toContain(id);
  });
});

import { afterEach, describe, expect, it } from '@jest/globals';
import { RESYNC_JOB, type ResyncOptions, TAX_RESYNC_FINISHED, type TaxResyncFinished } from '@anrok-nest/module';
import { anInvoice } from '@anrok-nest/tax/testing';
import { SchedulerRegistry } from '@nestjs/schedule';
import { type DatabaseOptions, emptyDatabase } from '../support/database.js';
import { type ModuleUnderTest, startModule } from '../support/module-under-test.js';
import { sent } from '../support/resync-scene.js';

describe('the scheduled resync', () => {
  let running: ModuleUnderTest[] = [];
  afterEach(async () => {
    for (const one of running) await one.close();
    running = [];
  });
  const aProcess = async (resync: Partial<ResyncOptions>, enabled = true, database?: DatabaseOptions) => {
    const started = await startModule({ resync, worker: { enabled } }, { ...(database && { database }) });
    running.push(started);
    return started;
  };
  const schedulerOf = ({ app }: ModuleUnderTest) => app.get(SchedulerRegistry, { strict: false });
  const fire = (tested: ModuleUnderTest) => schedulerOf(tested).getCronJob(RESYNC_JOB).fireOnTick();
  const finished = ({ events }: ModuleUnderTest) =>
    new Promise<TaxResyncFinished>((resolve) => events.once(TAX_RESYNC_FINISHED, resolve));

  it('starts once, however many processes fire', async () => {
    const database = await emptyDatabase();
    const one = await aProcess({}, true, database);
    // SQLite has one process: it fires twice
    const other = process.env['DATABASE_URL'] ? await aProcess({}, true, database) : one;
    const done = Promise.any([finished(one), finished(other)]);
    await Promise.all([fire(one), fire(other)]);
    await done;
    await Promise.all([fire(one), fire(other)]);
    expect(await one.resync.list()).toEqual([
      expect.objectContaining({
        requestedBy: 'schedule',
        scheduledFor: new Date('2026-03-15T03:00:00Z'),
        status: 'completed',
      }),
    ]);
  });

  it('starts again for the next time', async () => {
    const tested = await aProcess({ cron: '0 3 * * *', timeZone: 'Asia/Tokyo' });
    for (let day = 0; day < 2; day++) {
      const done = finished(tested);
      await fire(tested);
      await done;
      tested.clock.advance(86_400_000);
    }
    expect((await tested.resync.list()).map(({ scheduledFor }) => scheduledFor)).toEqual([
      new Date('2026-03-15T18:00:00Z'),
      new Date('2026-03-14T18:00:00Z'),
    ]);
  });

  it('starts by the clock on the wall', async () => {
    const tested = await aProcess({ cron: '* * * * * *' });
    tested.host.put(anInvoice());
    const done = finished(tested);
    const ticking = setInterval(() => tested.clock.advance(1), 5);
    expect((await done).run).toMatchObject({ done: expect.any(Number), status: 'completed' });
    clearInterval(ticking);
  });

  it('is left out while another one runs', async () => {
    const tested = await aProcess({});
    tested.host.put(anInvoice());
    const held = tested.simulator.faults.hold('transactions.createOrUpdate');
    await tested.resync.start({}, { requestedBy: 'a person' });
    await held.arrived;
    await fire(tested);
    expect((await tested.resync.list()).map(({ requestedBy }) => requestedBy)).toEqual(['a person']);
    held.release();
  });

  it.each([
    ['in processes that do not work', {}, false],
    ['where it is switched off', { cron: null }, true],
  ])('is not there %s', async (_, options, enabled) => {
    const tested = await aProcess(options, enabled);
    expect(schedulerOf(tested).doesExist('cron', RESYNC_JOB)).toBe(false);
    expect(sent(tested)).toEqual([]);
  });
});

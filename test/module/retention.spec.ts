import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { HeldTransaction, ResyncRun, RetentionService, TaxSyncRecord } from '@anrok-nest/module';
import { aLine, anInvoice } from '@anrok-nest/tax/testing';
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
    expect(await retention.prune()).toEqual({ attempts: 0, resyncRuns: 0, records: 0 });
    tested.clock.advance(2 * DAY_MS);
    expect(await retention.prune()).toEqual({ attempts: 2, resyncRuns: 0, records: 0 });
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

  it('is deleted every hour by a process that works', async () => {
    await tested.close();
    tested = await startModule({ retention: { attemptDays: 10 }, worker: { enabled: true } });
    await tryTimes('inv-1', 1);
    while ((await tested.recordOf('inv-1')).status !== 'synced') await setImmediate();
    await tested.orm.em
      .fork()
      .transactional(() => tested.sync.request({ kind: 'invoice', id: 'inv-1', customerId: 'cus-1' }));
    while ((await attempts('inv-1')) < 2) await setImmediate();
    tested.clock.advance(11 * DAY_MS);
    while ((await attempts('inv-1')) > 1) await setImmediate();
    expect(await tested.recordOf('inv-1')).toMatchObject({ status: 'synced' });
  });

  it('of resyncs is those that finished', async () => {
    const { id } = await tested.resync.start({}, { requestedBy: 'ada' });
    await tested.resync.drain();
    await tested.finalize(anInvoice());
    const running = await tested.resync.start({ statuses: ['failed'] }, { requestedBy: 'ada' });
    tested.clock.advance(11 * DAY_MS);
    expect(await retention.prune()).toEqual({ attempts: 0, resyncRuns: 1, records: 0 });
    const left = await tested.orm.em.fork().find(ResyncRun, {});
    expect(left.map((run) => run.id)).toEqual([running.id]);
    expect(left.map((run) => run.id)).not.toContain(id);
  });
});

describe('records of finished documents', () => {
  let tested: ModuleUnderTest;
  let retention: RetentionService;
  const start = async (recordDays: number | null) => {
    tested = await startModule({ retention: { recordDays } });
    retention = tested.app.get(RetentionService);
  };
  afterEach(() => tested.close());

  const invoice = (id: string) => ({ kind: 'invoice' as const, id });
  const left = async () =>
    (await tested.orm.em.fork().find(TaxSyncRecord, {}, { orderBy: { documentId: 'asc' } })).map(
      ({ documentId }) => documentId,
    );
  const prunedAfter = async (days: number) => {
    tested.clock.advance(days * DAY_MS);
    return (await retention.prune()).records;
  };

  it('stay for ever where nothing else is asked for, also without their documents', async () => {
    await start(null);
    await tested.finalize(anInvoice());
    tested.host.remove(invoice('inv-1'));
    expect(await prunedAfter(5_000)).toBe(0);
    expect(await left()).toEqual(['inv-1']);
  });

  it('go with all that hangs on them, long after they were done, once the host has no such document any more', async () => {
    await start(100);
    await tested.finalize(anInvoice({ id: 'inv-1' }));
    await tested.finalize(anInvoice({ id: 'inv-2' }));
    tested.host.remove(invoice('inv-1'));
    expect(await prunedAfter(99)).toBe(0);
    expect(await prunedAfter(2)).toBe(1);
    expect(await left()).toEqual(['inv-2']);
    expect(await tested.orm.em.fork().count(HeldTransaction)).toBe(1);
    expect(await tested.orm.em.fork().getConnection().execute('select 1 from anrok_sync_attempt')).toHaveLength(1);
    // what was told to the authorities stays told
    expect(tested.simulator.books.transactions().map(({ state }) => state)).toEqual(['normal', 'normal']);
  });

  it('of invoices go after those of their notes, and these when the host has neither', async () => {
    await start(100);
    const note = { kind: 'credit_note', id: 'cn-1' } as const;
    await tested.finalize(anInvoice());
    const lines = [aLine({ id: 'note-line', amount: -500, creditedLineId: 'line-1' })];
    await tested.finalize(anInvoice({ ...note, creditedInvoiceId: 'inv-1', lines }));
    tested.host.remove(note);
    expect(await prunedAfter(101)).toBe(0);
    tested.host.remove(invoice('inv-1'));
    expect(await prunedAfter(0)).toBe(1);
    expect(await left()).toEqual(['inv-1']);
    expect(await prunedAfter(0)).toBe(1);
    expect(await left()).toEqual([]);
  });

  it('stay while there is something to be done about them', async () => {
    await start(100);
    await tested.finalize(anInvoice());
    tested.host.remove(invoice('inv-1'));
    tested.clock.advance(101 * DAY_MS);
    await tested.sync.request({ ...invoice('inv-1'), customerId: anInvoice().customer.id });
    expect((await retention.prune()).records).toBe(0);
    await tested.worker.drain();
    expect(tested.simulator.books.transactions().map(({ state }) => state)).toEqual(['voided']);
    expect(await prunedAfter(101)).toBe(1);
  });

  it('are looked at portion by portion, each once in a round', async () => {
    await start(100);
    await tested.finalize(anInvoice());
    const copy = `insert into anrok_sync_record (id, connection_id, document_kind, document_id, customer_id, status, revision,
      failures, doubtful_parts, generation, takeovers, requested_at, synced_at)`;
    for (let index = 0; index < 600; index += 1)
      await tested.orm.em
        .fork()
        .getConnection()
        .execute(
          `${copy} select ?, connection_id, document_kind, ?, customer_id, status, 1, 0, 0, 1, 0, requested_at, synced_at
         from anrok_sync_record where document_id = 'inv-1'`,
          [`00000000-0000-7000-8000-${String(index).padStart(12, '0')}`, `gone-${index}`],
        );
    expect(await prunedAfter(101)).toBe(600);
    expect(await left()).toEqual(['inv-1']);
  });
});

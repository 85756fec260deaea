import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type TaxSyncSummary, TaxSyncSummaryReadModel } from '@anrok-nest/module';
import { aLine, anInvoice } from '@anrok-nest/tax/testing';
import { type ModuleUnderTest, startModule } from '../support/module-under-test.js';

const DAY = 86_400_000;

describe('the summary of the sync', () => {
  let tested: ModuleUnderTest;
  let empty: TaxSyncSummary;
  let summary: TaxSyncSummary;
  beforeAll(async () => {
    tested = await startModule();
    const show = () => tested.app.get(TaxSyncSummaryReadModel).show();
    empty = await show();
    await tested.finalize(anInvoice({ id: 'too-long-ago' }));
    tested.clock.advance(11.9 * 3_600_000); // just before midnight
    await tested.finalize(anInvoice({ id: 'before-midnight' }));
    tested.clock.advance(0.2 * 3_600_000);
    await tested.finalize(anInvoice({ id: 'after-midnight' }));
    await tested.finalize(anInvoice({ id: 'unmapped', lines: [aLine({ item: { type: 'add_on', id: 'other' } })] }));
    tested.clock.advance(13 * DAY);
    tested.simulator.faults.always('any', { kind: 'status', status: 401 });
    await tested.finalize(anInvoice({ id: 'today' }));
    summary = await show();
  });
  afterAll(() => tested.close());

  it('has nothing to show before anything came', () => {
    expect(empty).not.toHaveProperty('oldest');
    expect(empty.days).toHaveLength(14);
    expect(empty.days.map(({ requested }) => requested)).toEqual(Array.from({ length: 14 }, () => 0));
  });

  it('counts the last 14 days, today first, by the UTC day of the request', () => {
    expect(summary.days).toHaveLength(14);
    expect(summary.days.at(0)).toEqual({ day: '2026-03-29', requested: 1, synced: 0, failed: 1 });
    expect(summary.days.at(-1)).toEqual({ day: '2026-03-16', requested: 2, synced: 1, failed: 1 });
    expect(summary.days.slice(1, -1).every(({ requested }) => requested === 0)).toBe(true);
  });

  it('says where today’s documents stand', () => {
    expect(summary.today).toEqual({ pending: 0, processing: 0, retrying: 0, waiting: 1, failed: 0, synced: 0 });
  });

  it('names what waits longest', () => {
    expect(summary.oldest).toMatchObject({ connectionCode: 'anrok', status: 'waiting', count: 2 });
    expect(summary.oldest?.oldestRequestedAt.toISOString()).toBe('2026-03-16T00:06:00.000Z');
  });

  it('says of each connection whether it is paused and why, and what is open over it', () => {
    expect(empty.connections).toMatchObject([{ code: 'anrok', pausedAt: null, problem: null, open: { waiting: 0 } }]);
    expect(summary.connections).toMatchObject([
      { code: 'anrok', pausedAt: tested.clock.now(), problem: { code: 'anrok_unauthorized' }, open: { waiting: 2 } },
    ]);
  });
});

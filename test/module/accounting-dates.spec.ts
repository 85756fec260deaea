import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { AnrokTaxHealth, RetentionService } from '@anrok-nest/module';
import type { TaxDocument } from '@anrok-nest/tax';
import { aLine, anInvoice } from '@anrok-nest/tax/testing';
import { type ModuleUnderTest, startModule } from '../support/module-under-test.js';

const RECORD = 'transactions.createOrUpdate';
const DAY_MS = 86_400_000;
/** The latest that Anrok is sent on 15 March. */
const LATEST = '2026-04-14';
const OWN = '2026-05-20';
/** Thirty days before. */
const TAKEN_FROM = new Date('2026-04-20');

describe('a document whose accounting date lies too far ahead for Anrok', () => {
  let tested: ModuleUnderTest;
  beforeEach(async () => {
    tested = await startModule({ retention: { recordDays: 10 } });
  });
  afterEach(() => tested.close());

  const ahead = (changes: Partial<TaxDocument> = {}) => anInvoice({ accountingDate: OWN, ...changes });
  const record = (id = 'inv-1') => tested.recordOf(id);
  const dateOf = (id: string) => tested.simulator.books.transaction(id)?.accountingDate;
  const date = () => dateOf('host:invoice:inv-1');
  const until = async (moment: Date, lessMs = 0) => {
    tested.clock.advance(moment.getTime() - lessMs - tested.clock.now().getTime());
    return tested.worker.drain();
  };

  it('is recorded at once, on the latest day that Anrok takes, and moves to its own as soon as that is taken', async () => {
    const invoice = await tested.finalize(ahead());
    expect(date()).toBe(LATEST);
    expect(tested.host.taxesOf(invoice)).toBeDefined();
    expect(await record()).toMatchObject({ status: 'synced', dueAt: TAKEN_FROM, doubtfulParts: 0 });

    expect(await until(TAKEN_FROM, 1)).toBe(0);
    expect(date()).toBe(LATEST);
    expect(await until(TAKEN_FROM)).toBe(1);
    expect(date()).toBe(OWN);
    expect(await record()).toMatchObject({ status: 'synced', dueAt: null });
    expect(tested.simulator.calls.of(RECORD)).toHaveLength(2);
  });

  it('takes its credit notes along, which have dates of their own', async () => {
    await tested.finalize(anInvoice());
    const lines = [aLine({ id: 'credited', amount: -500, creditedLineId: 'line-1' })];
    await tested.finalize(ahead({ kind: 'credit_note', id: 'cn-1', creditedInvoiceId: 'inv-1', lines }));
    expect(dateOf('host:credit_note:cn-1')).toBe(LATEST);
    expect(await record()).toMatchObject({ dueAt: null });
    expect(await record('cn-1')).toMatchObject({ status: 'synced', dueAt: TAKEN_FROM });
    await until(TAKEN_FROM);
    expect(dateOf('host:credit_note:cn-1')).toBe(OWN);
    expect(await record('cn-1')).toMatchObject({ status: 'synced', dueAt: null });
  });

  it.each([
    ['is put nearer', () => tested.finalize(ahead({ accountingDate: LATEST })), LATEST],
    ['is put back', () => tested.finalize(ahead({ accountingDate: '1998-01-01' })), '1999-01-01'],
    ['counts no more', () => tested.sync.request(tested.host.put(ahead(), 'voided')), LATEST],
  ])('has nothing to wait for any more where it %s', async (_, change, sent) => {
    await tested.finalize(ahead());
    await change();
    await tested.worker.drain();
    expect(date()).toBe(sent);
    expect(await record()).toMatchObject({ status: 'synced', dueAt: null });
  });

  it('is neither late nor finished meanwhile', async () => {
    const invoice = await tested.finalize(ahead());
    expect(await tested.records.backlog()).toEqual([]);
    expect(await tested.records.workload(tested.clock.now())).toEqual({ isInHand: false });
    expect(await tested.app.get(AnrokTaxHealth).report()).toMatchObject({ status: 'up', oldestSeconds: null });
    tested.clock.advance(20 * DAY_MS);
    tested.host.remove(invoice);
    expect(await tested.app.get(RetentionService).prune()).toMatchObject({ records: 0 });
    expect(await record()).toMatchObject({ status: 'synced', dueAt: TAKEN_FROM });
  });

  it('is passed by in a resync on the day on which it was recorded, and moves all the same', async () => {
    await tested.finalize(ahead());
    tested.clock.advance(1_000);
    const resync = async () => {
      const { id } = await tested.resync.start({ statuses: ['synced'] }, { requestedBy: 'test' });
      await tested.resync.drain();
      return tested.resync.progress(id);
    };
    expect(await resync()).toMatchObject({ synced: 1, unchanged: 1 });
    expect(await record()).toMatchObject({ status: 'synced', dueAt: TAKEN_FROM });
    tested.clock.advance(DAY_MS);
    expect(await resync()).toMatchObject({ synced: 1, unchanged: 0 });
    expect(date()).toBe('2026-04-15');
    expect(await record()).toMatchObject({ status: 'synced', dueAt: TAKEN_FROM });
    await until(TAKEN_FROM);
    expect(date()).toBe(OWN);
  });

  describe('and of which a request was given up', () => {
    beforeEach(async () => {
      await tested.close();
      tested = await startModule({ requestTimeoutMs: 300 });
    });

    it('is confirmed first, where that comes first, and moves after that', async () => {
      const held = tested.simulator.faults.hold(RECORD);
      await tested.finalize(ahead());
      await held.arrived;
      tested.clock.advance(1_000);
      await tested.worker.drain();
      const { dueAt } = await record();
      expect(await record()).toMatchObject({ status: 'synced', doubtfulParts: 1 });
      expect(dueAt! < TAKEN_FROM).toBe(true);
      await until(dueAt!);
      expect(await record()).toMatchObject({ status: 'synced', dueAt: TAKEN_FROM, doubtfulParts: 0 });
      held.release();
    });

    it('moves first, where its day comes before, and is confirmed after that', async () => {
      await until(TAKEN_FROM, 10_000);
      const held = tested.simulator.faults.hold(RECORD);
      await tested.finalize(ahead());
      await held.arrived;
      const gaveUpAt = tested.clock.now().getTime();
      tested.clock.advance(1_000);
      await tested.worker.drain();
      expect(await record()).toMatchObject({ status: 'synced', dueAt: TAKEN_FROM, doubtfulParts: 1 });
      await until(TAKEN_FROM);
      expect(date()).toBe(OWN);
      expect(await record()).toMatchObject({ dueAt: new Date(gaveUpAt + 120_000), doubtfulParts: 1 });
      await until(new Date(gaveUpAt + 120_000));
      expect(await record()).toMatchObject({ status: 'synced', dueAt: null, doubtfulParts: 0, unansweredAt: null });
      held.release();
    });
  });
});

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { TAX_APPLIED, TaxSyncRecord } from '@anrok-nest/module';
import { aLine, anInvoice } from '@anrok-nest/tax/testing';
import { emptyDatabase } from '../support/database.js';
import { type ModuleUnderTest, startModule } from '../support/module-under-test.js';

const LEASE_MS = 60_000;

describe('a lease', () => {
  let tested: ModuleUnderTest;
  beforeEach(async () => {
    tested = await startModule();
  });
  afterEach(() => tested.close());
  const record = () => tested.recordOf('inv-1');

  it('keeps others from the document while it lasts', async () => {
    await tested.sync.request(tested.host.put(anInvoice()));
    const held = tested.simulator.faults.hold('transactions.createOrUpdate');
    const working = tested.worker.drain();
    await held.arrived;
    tested.clock.advance(LEASE_MS - 1);
    expect(await tested.worker.drain()).toBe(0);
    held.release();
    await working;
    expect(await record()).toMatchObject({ status: 'synced' });
  });

  it('is prolonged from call to call, so that a long document keeps it', async () => {
    const lines = Array.from({ length: 1_201 }, (_, index) => aLine({ id: `l${index}` }));
    await tested.sync.request(tested.host.put(anInvoice({ lines })));
    const { faults } = tested.simulator;
    const [first, second] = [faults.hold('transactions.createOrUpdate'), faults.hold('transactions.createOrUpdate')];
    const working = tested.worker.drain();
    await first.arrived;
    tested.clock.advance(LEASE_MS / 2);
    first.release();
    await second.arrived;
    expect((await record()).dueAt).toEqual(new Date(tested.clock.now().getTime() + LEASE_MS));
    second.release();
    await working;
    expect(await record()).toMatchObject({ status: 'synced', failures: 0 });
  });

  it('that ran out is taken over, and what the slow one found out is void', async () => {
    const invoice = tested.host.put(anInvoice());
    await tested.sync.request(invoice);
    const applied: unknown[] = [];
    tested.events.on(TAX_APPLIED, (event) => applied.push(event));
    const held = tested.simulator.faults.hold('transactions.createOrUpdate');
    const slow = tested.worker.drain();
    await held.arrived;
    tested.clock.advance(LEASE_MS);
    const quick = tested.simulator.faults.hold('transactions.createOrUpdate');
    const other = tested.worker.drain();
    await quick.arrived;
    expect(await record()).toMatchObject({ status: 'processing', doubtfulParts: 1 });
    held.release();
    await slow;
    expect(await record()).toMatchObject({ status: 'processing' });
    expect(applied).toEqual([]);
    quick.release();
    await other;
    expect(await record()).toMatchObject({ status: 'synced' });
    // whose request came last can't be told: it was recorded once more
    expect(applied).toHaveLength(2);
    const [booked, ...others] = tested.simulator.books.transactions();
    expect(others).toEqual([]);
    const { transactions } = await tested.records.history((await record()).id);
    expect(transactions).toEqual([expect.objectContaining({ version: booked?.version })]);
  });

  it('that ran out without a successor is still good, and a document that went away meanwhile is void at Anrok', async () => {
    const invoice = tested.host.put(anInvoice());
    await tested.sync.request(invoice);
    const held = tested.simulator.faults.hold('transactions.createOrUpdate');
    const dying = tested.worker.drain();
    await held.arrived;
    tested.host.remove(invoice);
    tested.clock.advance(LEASE_MS);
    held.release();
    await dying;
    expect(tested.simulator.books.transaction('host:invoice:inv-1')?.state).toBe('normal');
    tested.clock.advance(1_000);
    await tested.worker.drain();
    expect(tested.simulator.books.transaction('host:invoice:inv-1')?.state).toBe('voided');
    expect(await record()).toMatchObject({ status: 'synced' });
  });

  it('is given back when the process is stopped, and the document goes on elsewhere', async () => {
    await tested.close();
    const folder = mkdtempSync(path.join(tmpdir(), 'leases-'));
    const database = await emptyDatabase(path.join(folder, 'a.sqlite'));
    const first = await startModule({ worker: { enabled: true } }, { database });
    const held = first.simulator.faults.hold('transactions.createOrUpdate');
    await first.sync.request(first.host.put(anInvoice()));
    await held.arrived;
    await first.close();
    held.release();

    tested = await startModule({}, { database });
    expect(await record()).toMatchObject({ status: 'pending', leaseOwner: null, failures: 0 });
    tested.host.put(anInvoice());
    await tested.worker.drain();
    rmSync(folder, { recursive: true });
  });

  it('that is given back leaves the doubts that were cast on its document meanwhile', async () => {
    await tested.sync.request(tested.host.put(anInvoice()));
    const held = tested.simulator.faults.hold('transactions.createOrUpdate');
    const working = tested.worker.drain();
    await held.arrived;
    const unansweredAt = new Date(tested.clock.now().getTime() + 5_000);
    const cast = { revision: 2, doubtfulParts: 3, unansweredAt };
    await tested.orm.em.fork().nativeUpdate(TaxSyncRecord, { documentId: 'inv-1' }, cast);
    await tested.worker.beforeApplicationShutdown();
    await working;
    held.release();
    expect(await record()).toMatchObject({ status: 'pending', leaseOwner: null, ...cast });
  });

  describe('that ran out again and again, as its document may be what ends processes,', () => {
    const put = async (id: string) => tested.sync.request(tested.host.put(anInvoice({ id })));
    /** As processes leave them that ended in the middle of these, three times in a row. */
    const accuse = (...ids: string[]) =>
      tested.orm.em
        .fork()
        .nativeUpdate(
          TaxSyncRecord,
          { documentId: { $in: ids } },
          { status: 'processing', takeovers: 2, leaseOwner: 'dead', dueAt: tested.clock.now() },
        );
    const statuses = async () =>
      (await tested.orm.em.fork().find(TaxSyncRecord, {}, { orderBy: { documentId: 'asc' } })).map(
        ({ status, leaseOwner }) => (leaseOwner === 'dead' ? 'left' : status),
      );

    it('is taken over with nothing beside it, so that no other document ends with it', async () => {
      for (const id of ['inv-1', 'inv-2', 'inv-3']) await put(id);
      await accuse('inv-1', 'inv-2');
      const [first, second] = [0, 1].map(() => tested.simulator.faults.hold('transactions.createOrUpdate'));
      const working = tested.worker.drain();
      await first!.arrived;
      expect((await statuses()).toSorted()).toEqual(['left', 'pending', 'processing']);
      first!.release();
      await second!.arrived;
      expect((await statuses()).toSorted()).toEqual(['pending', 'processing', 'synced']);
      second!.release();
      await working;
      expect(await statuses()).toEqual(['synced', 'synced', 'synced']);
      expect(await record()).toMatchObject({ takeovers: 3 });
    });
  });
});

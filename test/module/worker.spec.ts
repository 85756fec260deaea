import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setImmediate, setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { TAX_APPLIED, TaxSyncRecord } from '@anrok-nest/module';
import { anInvoice } from '@anrok-nest/tax/testing';
import { emptyDatabase } from '../support/database.js';
import { type ModuleUnderTest, startModule } from '../support/module-under-test.js';

describe('a running worker', () => {
  let tested: ModuleUnderTest;
  beforeEach(async () => {
    await start(2);
  });
  const start = async (concurrency: number) => {
    tested = await startModule({ worker: { enabled: true, concurrency, pollIntervalMs: 1_000 } });
  };
  afterEach(() => tested.close());
  const applied = (count: number) =>
    new Promise<void>((resolve) => {
      let left = count;
      tested.events.on(TAX_APPLIED, () => {
        left -= 1;
        if (left === 0) resolve();
      });
    });

  // time stands still here: nothing in these tests becomes due by waiting

  it('is woken by the commit', async () => {
    const done = applied(1);
    await tested.orm.em.fork().transactional(() => tested.sync.request(tested.host.put(anInvoice())));
    await done;
    expect(await tested.orm.em.fork().count(TaxSyncRecord, { status: 'synced' })).toBe(1);
  });

  it('works off more than it can do at a time, and never does more at a time', async () => {
    const { faults, books } = tested.simulator;
    const held = [faults.hold('transactions.createOrUpdate'), faults.hold('transactions.createOrUpdate')];
    const done = applied(7);
    await tested.orm.em.fork().transactional(async () => {
      for (let index = 0; index < 7; index++)
        await tested.sync.request(tested.host.put(anInvoice({ id: `inv-${index}` })));
    });
    await Promise.all(held.map(({ arrived }) => arrived));
    await tested.orm.em.fork().transactional(() => tested.sync.request(tested.host.put(anInvoice({ id: 'inv-7' }))));
    tested.clock.advance(1_000);
    await tested.orm.em.fork().transactional(async () => {});
    expect(await tested.orm.em.fork().count(TaxSyncRecord, { status: 'processing' })).toBe(2);
    for (const { release } of held) release();
    await done;
    expect(books.transactions().length).toBeGreaterThanOrEqual(7);
  });

  it('takes on up to four times as many while they are answered at once', async () => {
    const warmed = applied(1);
    await tested.sync.request(tested.host.put(anInvoice({ id: 'inv-0' })));
    await warmed;
    const held = Array.from({ length: 12 }, () => tested.simulator.faults.hold('transactions.createOrUpdate'));
    const early = applied(8);
    const done = applied(12);
    await tested.orm.em.fork().transactional(async () => {
      for (let index = 1; index <= 12; index++)
        await tested.sync.request(tested.host.put(anInvoice({ id: `inv-${index}` })));
    });
    await Promise.all(held.slice(0, 8).map(({ arrived }) => arrived));
    const processing = { status: 'processing' } as const;
    expect(await tested.orm.em.fork().count(TaxSyncRecord, processing)).toBe(8);
    // late answers, and the next are no more than two at a time
    tested.clock.advance(5_000);
    for (const { release } of held.slice(0, 8)) release();
    await early;
    await Promise.all(held.slice(8, 10).map(({ arrived }) => arrived));
    expect(await tested.orm.em.fork().count(TaxSyncRecord, processing)).toBe(2);
    for (const { release } of held.slice(8)) release();
    await done;
  });

  it('finds by itself what nobody woke it for', async () => {
    tested.simulator.faults.next('transactions.createOrUpdate', { kind: 'status', status: 500 });
    const failed = new Promise<void>((resolve) => {
      const { host } = tested;
      const report = host.reportProblem.bind(host);
      host.reportProblem = async (...problem) => {
        await report(...problem);
        resolve();
      };
    });
    await tested.sync.request(tested.host.put(anInvoice()));
    await failed;
    const done = applied(1);
    // the retry becomes due as time goes on, and the poll finds it
    const ticking = setInterval(() => tested.clock.advance(1_000), 5);
    await done;
    clearInterval(ticking);
    expect(tested.simulator.books.transactions()).toHaveLength(1);
  });

  it('gives up a document that hangs again and again, and goes on with the others', async () => {
    await tested.close();
    await start(8);
    const { host, sync, clock } = tested;
    const load = host.loadDocument.bind(host);
    const released = Promise.withResolvers<void>();
    host.loadDocument = async (reference) => {
      if (reference.id === 'inv-1') await released.promise;
      return load(reference);
    };
    await sync.request(host.put(anInvoice()));
    const timePassesUntil = async (isSo: (record: TaxSyncRecord) => boolean) => {
      while (!isSo(await tested.recordOf('inv-1'))) {
        clock.advance(1_000);
        await setTimeout(10);
      }
    };
    await timePassesUntil(({ takeovers }) => takeovers === 3);
    const done = applied(1);
    await sync.request(host.put(anInvoice({ id: 'inv-2' })));
    await timePassesUntil(({ status }) => status === 'failed');
    released.resolve();
    await done;
    expect(await tested.recordOf('inv-1')).toMatchObject({ problemCode: 'sync_abandoned', leaseOwner: null });
    expect(await tested.recordOf('inv-2')).toMatchObject({ status: 'synced' });
  });
});

describe('a worker that is shut down', () => {
  it('finishes a document that Anrok has answered', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'worker-'));
    const database = await emptyDatabase(path.join(folder, 'a.sqlite'));
    const ending = await startModule({ worker: { enabled: true } }, { database });
    const isAnswered = Promise.withResolvers<void>();
    const mayApply = Promise.withResolvers<void>();
    const apply = ending.host.applyTaxes.bind(ending.host);
    ending.host.applyTaxes = async (...taxes) => {
      isAnswered.resolve();
      await mayApply.promise;
      return apply(...taxes);
    };
    await ending.sync.request(ending.host.put(anInvoice()));
    await isAnswered.promise;
    let isClosed = false;
    const closed = ending.app.close().then(() => {
      isClosed = true;
    });
    for (let turn = 0; turn < 500; turn += 1) await setImmediate();
    expect(isClosed).toBe(false);
    mayApply.resolve();
    await closed;
    await ending.simulator.close();

    const tested = await startModule({}, { database });
    expect(await tested.recordOf('inv-1')).toMatchObject({ status: 'synced', leaseOwner: null });
    expect(ending.host.taxesOf({ kind: 'invoice', id: 'inv-1' })?.calculation.taxAmountToCollect).toBeGreaterThan(0);
    await tested.close();
    rmSync(folder, { recursive: true });
  });
});

describe('a drain', () => {
  it('ends when the application shuts down, and gives back what it was at', async () => {
    const tested = await startModule();
    await tested.sync.request(tested.host.put(anInvoice()));
    const held = tested.simulator.faults.hold('transactions.createOrUpdate');
    const draining = tested.worker.drain();
    await held.arrived;
    await tested.worker.beforeApplicationShutdown();
    expect(await draining).toBe(1);
    expect(await tested.recordOf('inv-1')).toMatchObject({ status: 'pending', leaseOwner: null });
    await tested.close();
  });
});

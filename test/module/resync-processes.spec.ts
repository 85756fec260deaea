import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ResyncRun, TAX_RESYNC_FINISHED, type TaxResyncFinished, TaxSyncRecord } from '@anrok-nest/module';
import type { InMemoryBillingHost } from '@anrok-nest/module/testing';
import { anInvoice } from '@anrok-nest/tax/testing';
import { type DatabaseOptions, emptyDatabase } from '../support/database.js';
import { type ModuleUnderTest, startModule } from '../support/module-under-test.js';
import { sent } from '../support/resync-scene.js';

const LEASE_MS = 60_000;
const MINUTE_MS = 60_000;
const OPTIONS = { resync: { batchSize: 2 } };

describe('a resync whose process', () => {
  let folder: string;
  let database: DatabaseOptions;
  let running: ModuleUnderTest[];
  beforeEach(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'resync-'));
    database = await emptyDatabase(path.join(folder, 'a.sqlite'));
    running = [];
  });
  afterEach(async () => {
    for (const one of running) await one.close();
    rmSync(folder, { recursive: true });
  });
  /** All of them have the same documents. */
  const aProcess = async (enabled = false) => {
    const started = await startModule({ ...OPTIONS, worker: { enabled, concurrency: 1 } }, { database });
    for (let index = 0; index < 5; index++) started.host.put(anInvoice({ id: `inv-${index}` }));
    running.push(started);
    return started;
  };

  it('is killed goes on in another, where it was, once the lease has run out', async () => {
    const dying = await aProcess();
    const { id } = await dying.resync.start({}, { requestedBy: 'test' });
    // the first batch is done, and the second is on its way when it dies
    const last = holdAfter(dying, 2);
    const working = dying.resync.drain();
    await last.arrived;
    expect(await dying.resync.progress(id)).toMatchObject({ done: 2, batch: { ids: { length: 2 } } });

    const heir = await aProcess();
    await heir.resync.drain();
    expect(await heir.resync.progress(id)).toMatchObject({ status: 'running', done: 2 });
    heir.clock.advance(LEASE_MS);
    await heir.resync.drain();
    expect(await heir.resync.progress(id)).toMatchObject({ status: 'completed', done: 5, synced: 5 });
    expect(sent(heir).toSorted()).toEqual(['inv-2', 'inv-3', 'inv-4']);

    last.release();
    await working;
    expect(await heir.resync.progress(id)).toMatchObject({ status: 'completed', done: 5, synced: 5 });
  });

  it('is stopped goes on in another at once', async () => {
    const stopped = await aProcess(true);
    const held = stopped.simulator.faults.hold('transactions.createOrUpdate');
    const { id } = await stopped.resync.start({}, { requestedBy: 'test' });
    await held.arrived;
    expect(await stopped.resync.progress(id)).toMatchObject({ leaseOwner: expect.any(String) });
    await running.pop()!.close();
    held.release();

    const heir = await aProcess();
    expect(await heir.resync.progress(id)).toMatchObject({ status: 'running', leaseOwner: null, leaseUntil: null });
    await heir.resync.drain();
    expect(await heir.resync.progress(id)).toMatchObject({ status: 'completed', done: 5 });
    expect(await heir.orm.em.fork().count(TaxSyncRecord, { status: 'synced' })).toBe(5);
  });

  it('works drives it by itself, from its start on', async () => {
    const { resync, events, clock } = await aProcess(true);
    const finished = new Promise<TaxResyncFinished>((resolve) => events.on(TAX_RESYNC_FINISHED, resolve));
    await resync.start({}, { requestedBy: 'test' });
    const ticking = setInterval(() => clock.advance(250), 5);
    expect((await finished).run).toMatchObject({ status: 'completed', done: 5, synced: 5 });
    clearInterval(ticking);
  });

  it('only serves the web starts it, and leaves it to one that works', async () => {
    const web = await aProcess();
    const { id } = await web.resync.start({}, { requestedBy: 'test' });
    web.clock.advance(MINUTE_MS);
    expect(await web.resync.progress(id)).toMatchObject({ leaseOwner: null, revision: 1 });
  });

  it('was slow finds itself overtaken, and changes nothing', async () => {
    const { host, resync, orm } = await aProcess();
    await resync.start({}, { requestedBy: 'test' });
    await resync.drain();
    // a range of dates makes it look at every document before it takes a batch of them
    const { id } = await resync.start({ statuses: ['synced'], from: '2026-01-01' }, { requestedBy: 'test' });
    const look = blockFirstLook(host);
    const slow = resync.drain();
    await look.arrived;
    await resync.drain();
    look.release();
    await slow;
    expect(await resync.progress(id)).toMatchObject({ status: 'completed', done: 5, synced: 5, unchanged: 5 });
    expect(await orm.em.fork().count(TaxSyncRecord, { status: 'synced', resyncRun: null })).toBe(5);
  });

  it('can not reach the host for a while goes on after it', async () => {
    const { host, resync, clock } = await aProcess();
    const { id } = await resync.start({}, { requestedBy: 'test' });
    const list = host.listDocuments.bind(host);
    host.listDocuments = () => Promise.reject(new Error('the host is away'));
    await resync.drain();
    clock.advance(9 * MINUTE_MS);
    await resync.drain();
    expect(await resync.progress(id)).toMatchObject({ status: 'running', stuckSince: expect.any(Date) });
    host.listDocuments = list;
    await resync.drain();
    expect(await resync.progress(id)).toMatchObject({ status: 'completed', done: 5, stuckSince: null });
  });

  it('can not reach the host at all gives it up, says why, and lets the next one start', async () => {
    const { host, resync, clock, events } = await aProcess();
    const finished: string[] = [];
    events.on(TAX_RESYNC_FINISHED, ({ run }: TaxResyncFinished) => finished.push(run.status));
    const { id } = await resync.start({}, { requestedBy: 'test' });
    const list = host.listDocuments.bind(host);
    host.listDocuments = () => Promise.reject(new Error('the host is away'));
    await resync.drain();
    clock.advance(10 * MINUTE_MS);
    await resync.drain();
    expect(await resync.progress(id)).toMatchObject({
      status: 'failed',
      problem: { code: 'resync_broke_off', message: expect.stringContaining('the host is away') },
      finishedAt: clock.now(),
      leaseOwner: null,
    });
    expect(finished).toEqual(['failed']);
    host.listDocuments = list;
    await resync.start({}, { requestedBy: 'test' });
    await resync.drain();
    expect((await resync.list())[0]).toMatchObject({ status: 'completed', done: 5 });
  });

  it('can not write its steps down gives it up as well', async () => {
    const { orm, resync, clock } = await aProcess();
    const { id } = await resync.start({}, { requestedBy: 'test' });
    const refuse = { beforeTransactionCommit: () => Promise.reject(new Error('the disk is full')) };
    orm.em.getEventManager().registerSubscriber(refuse);
    await resync.drain();
    expect(await resync.progress(id)).toMatchObject({ status: 'running', stuckSince: clock.now() });
    clock.advance(10 * MINUTE_MS);
    await resync.drain();
    expect(await resync.progress(id)).toMatchObject({ status: 'failed', problem: { code: 'resync_broke_off' } });
  });

  it('has died for good keeps nobody from cancelling it', async () => {
    const { resync, clock, orm } = await aProcess();
    const { id } = await resync.start({}, { requestedBy: 'test' });
    const leaseUntil = new Date(clock.now().getTime() + LEASE_MS);
    await orm.em.fork().nativeUpdate(ResyncRun, { id }, { leaseOwner: 'the dead', leaseUntil });
    await resync.cancel(id);
    await resync.drain();
    expect(await resync.progress(id)).toMatchObject({ status: 'cancelling' });
    clock.advance(LEASE_MS);
    await resync.drain();
    expect(await resync.progress(id)).toMatchObject({ status: 'cancelled', done: 0 });
  });
});

/** Holds the call that comes after so many others. */
function holdAfter({ simulator }: ModuleUnderTest, calls: number) {
  for (let call = 0; call < calls; call++) simulator.faults.hold('transactions.createOrUpdate').release();
  return simulator.faults.hold('transactions.createOrUpdate');
}

/** Keeps whoever first looks at a document waiting. */
function blockFirstLook(host: InMemoryBillingHost) {
  const load = host.loadDocument.bind(host);
  const arrival = Promise.withResolvers<void>();
  const gate = Promise.withResolvers<void>();
  host.loadDocument = async (reference) => {
    host.loadDocument = load;
    arrival.resolve();
    await gate.promise;
    return load(reference);
  };
  return { arrived: arrival.promise, release: gate.resolve };
}

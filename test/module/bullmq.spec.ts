import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { TAX_APPLIED, TaxSyncRecord, TaxSyncWorker } from '@anrok-nest/module';
import { AnrokTaxBullModule, AnrokTaxQueues } from '@anrok-nest/module/bullmq';
import { anInvoice } from '@anrok-nest/tax/testing';
import { type ModuleUnderTest, startModule } from '../support/module-under-test.js';
import { onRedis } from '../support/on-redis.js';
import { RedisServer } from '../support/redis-server.js';

const RECORD = 'transactions.createOrUpdate';

onRedis('a module that works over BullMQ', () => {
  let redis: RedisServer;
  let tested: ModuleUnderTest;
  let ticking: NodeJS.Timeout | undefined;
  beforeEach(async () => {
    redis = await RedisServer.start();
    await start(2);
  });
  const start = async (concurrency: number) => {
    tested = await startModule(
      { worker: { enabled: true, concurrency } },
      { imports: [AnrokTaxBullModule.forRoot({ connection: { url: redis.url } })] },
    );
  };
  afterEach(async () => {
    clearInterval(ticking);
    await tested.close();
    await redis.close();
  });

  const timePasses = () => {
    ticking = setInterval(() => tested.clock.advance(1_000), 20);
  };
  /** Resolves when all of these have got their tax from now on. */
  const applied = (...ids: string[]) =>
    new Promise<void>((resolve) => {
      const left = new Set(ids);
      tested.events.on(TAX_APPLIED, ({ document }) => {
        if (left.delete(document.id) && left.size === 0) resolve();
      });
    });
  const finalize = async (id: string, customerId = 'cus-1') => {
    const { customer } = anInvoice();
    const reference = tested.host.put(anInvoice({ id, customer: { ...customer, id: customerId } }));
    await tested.orm.em.fork().transactional(() => tested.sync.request(reference));
  };
  const untilNothingIsDue = async () => {
    const due = { status: { $in: ['pending' as const, 'processing' as const, 'retrying' as const] } };
    while ((await tested.orm.em.fork().count(TaxSyncRecord, due)) > 0) await setTimeout(10);
  };
  const finishedJobs = async () => {
    const queues = await tested.app.get(AnrokTaxQueues).queues();
    return (await Promise.all(queues.map((queue) => queue.getCompleted()))).flat();
  };
  const expectJob = async (name: string, returnvalue: object) => {
    for (;;) {
      const job = (await finishedJobs()).find((one) => one.name === name);
      if (!job) {
        await setTimeout(10);
        continue;
      }
      expect(job).toMatchObject({ returnvalue, attemptsMade: 1 });
      return job;
    }
  };
  const expectSyncedOnce = async (...ids: string[]) => {
    for (const id of ids) expect(await tested.recordOf(id)).toMatchObject({ status: 'synced', leaseOwner: null });
    const booked = tested.simulator.books.transactions();
    expect(booked.map(({ id, state }) => ({ id, state }))).toEqual(
      expect.arrayContaining(ids.map((id) => ({ id: `host:invoice:${id}`, state: 'normal' }))),
    );
    expect(booked).toHaveLength(ids.length);
    for (const { id, taxAmountToCollect } of booked)
      expect(tested.host.taxesOf({ kind: 'invoice', id: id.split(':')[2]! })?.calculation.taxAmountToCollect).toBe(
        taxAmountToCollect,
      );
  };

  it('syncs what is committed, each document by a job that says what became of it', async () => {
    const done = applied('inv-1', 'inv-2', 'inv-3');
    for (const id of ['inv-1', 'inv-2', 'inv-3']) await finalize(id);
    await done;
    await expectSyncedOnce('inv-1', 'inv-2', 'inv-3');
    const { id: recordId } = await tested.recordOf('inv-2');
    const job = await expectJob('invoice inv-2', { result: 'applied' });
    expect(job.data).toEqual({ recordId, connection: 'anrok' });
  });

  it('shows by the job why a document was not synced', async () => {
    tested.host.put(anInvoice());
    tested.simulator.faults.next(RECORD, { kind: 'status', status: 500 });
    await finalize('inv-1');
    await expectJob('invoice inv-1', { result: 'retrying', problemCode: 'anrok_server_error' });
    const done = applied('inv-1');
    timePasses();
    await done;
    await expectSyncedOnce('inv-1');
  });

  it('records a document once that is asked for again before, during and after its sync', async () => {
    const held = tested.simulator.faults.hold(RECORD);
    for (let times = 0; times < 2; times++) await finalize('inv-1');
    await held.arrived;
    await finalize('inv-1');
    const done = applied('inv-1');
    timePasses();
    held.release();
    await done;
    await finalize('inv-1');
    await untilNothingIsDue();
    await expectSyncedOnce('inv-1');
  });

  it('does nothing for a job whose record is not due', async () => {
    const done = applied('inv-1');
    await finalize('inv-1');
    await done;
    tested.simulator.calls.clear();
    const { id: recordId } = await tested.recordOf('inv-1');
    const [queue] = await tested.app.get(AnrokTaxQueues).queues();
    await queue!.add('stale', { recordId, connection: 'anrok' });
    await queue!.add('unknown', { recordId: crypto.randomUUID(), connection: 'anrok' });
    await expectJob('stale', { result: 'not_due' });
    await expectJob('unknown', { result: 'not_due' });
    expect(tested.simulator.calls.all()).toEqual([]);
  });

  it('works on nothing for a job that names no record, or would have one chosen', async () => {
    const first = applied('inv-1');
    await finalize('inv-1');
    await first;
    const becameDue = { status: 'pending' as const, dueAt: tested.clock.now() };
    await tested.orm.em.fork().nativeUpdate(TaxSyncRecord, { documentId: 'inv-1' }, becameDue);
    const [queue] = await tested.app.get(AnrokTaxQueues).queues();
    const madeUp = { text: 'inv-1', condition: { $ne: null } };
    for (const [name, recordId] of Object.entries(madeUp))
      await queue!.add(name, { recordId: recordId as string, connection: 'anrok' });
    for (const name of Object.keys(madeUp)) await expectJob(name, { result: 'not_due' });
    expect(await tested.recordOf('inv-1')).toMatchObject(becameDue);
  });

  it('syncs everything though Redis forgets all jobs', async () => {
    const ids = Array.from({ length: 6 }, (_, index) => `inv-${index}`);
    const held = [tested.simulator.faults.hold(RECORD), tested.simulator.faults.hold(RECORD)];
    for (const id of ids) await finalize(id);
    await Promise.all(held.map(({ arrived }) => arrived));
    await redis.flush();
    const done = applied(...ids);
    for (const { release } of held) release();
    timePasses();
    await done;
    await expectSyncedOnce(...ids);
  });

  it('syncs what a resync finds, and what waited for a setting', async () => {
    tested.host.put(anInvoice({ id: 'inv-1' }));
    const found = applied('inv-1');
    timePasses();
    await tested.resync.start({ connection: 'anrok', statuses: ['never_seen'] }, { requestedBy: 'ada' });
    await found;
    await tested.mappings.remove('anrok', { itemType: 'add_on', itemId: 'setup' });
    await finalize('inv-2');
    await expectJob('invoice inv-2', { result: 'waiting', problemCode: 'item_not_mapped' });
    const healed = applied('inv-2');
    await tested.mappings.upsert('anrok', { itemType: 'add_on', itemId: 'setup', productExternalId: 'saas-business' });
    await healed;
    await expectSyncedOnce('inv-1', 'inv-2');
  });

  it('takes commits while Redis is away, and syncs them when it is back with nothing in it', async () => {
    const before = applied('inv-1');
    await finalize('inv-1');
    await before;
    await redis.kill();
    for (const id of ['inv-2', 'inv-3']) await finalize(id);
    expect(await tested.recordOf('inv-3')).toMatchObject({ status: 'pending' });
    const after = applied('inv-2', 'inv-3');
    timePasses();
    await redis.startAgain();
    await after;
    await expectSyncedOnce('inv-1', 'inv-2', 'inv-3');
  });

  it('starts and stops while Redis is away', async () => {
    await redis.kill();
    await tested.close();
    await start(2);
    await finalize('inv-1');
    await expect(tested.app.close()).resolves.toBeUndefined();
  });

  it('goes on with one connection while all places of another are taken', async () => {
    await tested.connections.ensure({ code: 'other', name: 'Other', apiKey: tested.simulator.apiKey });
    await tested.mappings.upsert('other', { itemType: 'add_on', itemId: 'setup', productExternalId: 'saas-business' });
    await tested.links.link({ customerId: 'cus-2', connectionCode: 'other' });
    const held = [tested.simulator.faults.hold(RECORD), tested.simulator.faults.hold(RECORD)];
    for (const id of ['inv-1', 'inv-2', 'inv-3']) await finalize(id);
    await Promise.all(held.map(({ arrived }) => arrived));
    const done = applied('inv-4', 'inv-5');
    for (const id of ['inv-4', 'inv-5']) await finalize(id, 'cus-2');
    await done;
    expect(await tested.recordOf('inv-3')).toMatchObject({ status: 'pending' });
    const rest = applied('inv-1', 'inv-2', 'inv-3');
    for (const { release } of held) release();
    await rest;
    await expectSyncedOnce('inv-1', 'inv-2', 'inv-3', 'inv-4', 'inv-5');
  });

  it('gives back what it is at when it shuts down, as a job for others', async () => {
    const held = tested.simulator.faults.hold(RECORD);
    await finalize('inv-1');
    await held.arrived;
    await tested.app.get(TaxSyncWorker).beforeApplicationShutdown();
    expect(await tested.recordOf('inv-1')).toMatchObject({ status: 'pending', leaseOwner: null });
    const jobs = await redis.jobs('anrok-tax.anrok');
    const [cutOff, handedOn] = jobs;
    expect(cutOff).toMatchObject({ returnvalue: JSON.stringify({ result: 'given_back' }) });
    expect(handedOn).not.toHaveProperty('processedOn');
  });

  it('works alone on a document that may be what ended other processes', async () => {
    await tested.close();
    await start(8);
    const { host, clock } = tested;
    const load = host.loadDocument.bind(host);
    const loaded: string[] = [];
    const hung = Promise.withResolvers<void>();
    const suspected = Promise.withResolvers<void>();
    const released = Promise.withResolvers<void>();
    const tries = () => loaded.filter((id) => id === 'inv-1').length;
    host.loadDocument = async (reference) => {
      loaded.push(reference.id);
      if (reference.id === 'inv-1') {
        if (tries() === 4) {
          suspected.resolve();
          await released.promise;
        } else if (tries() < 4) await hung.promise;
      }
      return load(reference);
    };
    await finalize('inv-1');
    while (tries() < 4) {
      clock.advance(1_000);
      await setTimeout(10);
    }
    await suspected.promise;
    expect(await tested.recordOf('inv-1')).toMatchObject({ takeovers: 3, status: 'processing' });
    await finalize('inv-2');
    // its job is taken, beside the three that hang, and waits
    for (let counts; counts?.['active'] !== 4; await setTimeout(10)) {
      const [queue] = await tested.app.get(AnrokTaxQueues).queues();
      counts = await queue!.getJobCounts('active', 'waiting');
    }
    clock.advance(1_000);
    expect(await tested.recordOf('inv-2')).toMatchObject({ status: 'pending' });
    const done = applied('inv-1', 'inv-2');
    hung.resolve();
    released.resolve();
    await done;
    expect(loaded.at(-1)).toBe('inv-2');
  });
});

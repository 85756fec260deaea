import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { TAX_APPLIED, TaxSyncRecord } from '@anrok-nest/module';
import { AnrokTaxBullModule, AnrokTaxQueues } from '@anrok-nest/module/bullmq';
import { anInvoice } from '@anrok-nest/tax/testing';
import { type ModuleUnderTest, startModule } from '../support/module-under-test.js';
import { onRedis } from '../support/on-redis.js';
import { RedisServer } from '../support/redis-server.js';

const RECORD = 'transactions.createOrUpdate';
const LEASE_MS = 60_000;

onRedis('a module that works over BullMQ', () => {
  let redis: RedisServer;
  let tested: ModuleUnderTest;
  let ticking: NodeJS.Timeout | undefined;
  beforeEach(async () => {
    redis = await RedisServer.start();
    tested = await startModule(
      { worker: { enabled: true, concurrency: 2 } },
      { imports: [AnrokTaxBullModule.forRoot({ connection: { url: redis.url } })] },
    );
  });
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
  const finishedJobs = async () => {
    const queues = await tested.app.get(AnrokTaxQueues).queues();
    return (await Promise.all(queues.map((queue) => queue.getCompleted()))).flat();
  };
  const expectJob = async (name: string, returnvalue: object) => {
    for (;;) {
      const job = (await finishedJobs()).find((one) => one.name === name);
      if (!job) continue;
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
});

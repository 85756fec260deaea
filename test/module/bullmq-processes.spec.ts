import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { TAX_APPLIED } from '@anrok-nest/module';
import { AnrokTaxBullModule } from '@anrok-nest/module/bullmq';
import { anInvoice } from '@anrok-nest/tax/testing';
import { emptyDatabase } from '../support/database.js';
import { type ModuleUnderTest, startModule } from '../support/module-under-test.js';
import { onRedis } from '../support/on-redis.js';
import { RedisServer } from '../support/redis-server.js';

const DAY_MS = 24 * 60 * 60_000;

// SQLite has one writer: several processes take PostgreSQL
const onBoth: typeof onRedis = process.env['DATABASE_URL'] ? onRedis : describe.skip;

onBoth('workers that never look by themselves, beside a process that only serves the web, over BullMQ', () => {
  let redis: RedisServer;
  let workers: ModuleUnderTest[];
  let web: ModuleUnderTest;
  beforeEach(async () => {
    redis = await RedisServer.start();
    const database = await emptyDatabase();
    const over = { database, imports: [AnrokTaxBullModule.forRoot({ connection: { url: redis.url } })] };
    const never = { enabled: true, pollIntervalMs: DAY_MS, idleIntervalMs: DAY_MS, concurrency: 1 };
    workers = [await startModule({ worker: never }, over), await startModule({ worker: never }, over)];
    web = await startModule({ worker: { enabled: false } }, over);
  });
  afterEach(async () => {
    await web.close();
    for (const worker of workers) await worker.close();
    await redis.close();
  });

  /** Resolves when all of these have got their tax, to how many each worker did. */
  const applied = (ids: readonly string[]) =>
    new Promise<number[]>((resolve) => {
      const left = new Set(ids);
      const counts = workers.map(() => 0);
      for (const [index, { events }] of workers.entries())
        events.on(TAX_APPLIED, ({ document }) => {
          if (!left.delete(document.id)) return;
          counts[index]! += 1;
          if (left.size === 0) resolve(counts);
        });
    });
  const finalizeInTheWeb = async (id: string) => {
    const [reference] = workers.map(({ host }) => host.put(anInvoice({ id })));
    await web.orm.em.fork().transactional(() => web.sync.request(reference!));
  };

  it('are handed what is committed there, and share it: every document is done once', async () => {
    const ids = Array.from({ length: 12 }, (_, index) => `inv-${index}`);
    const done = applied(ids);
    for (const id of ids) await finalizeInTheWeb(id);
    const counts = await done;
    for (const id of ids) expect(await web.recordOf(id)).toMatchObject({ status: 'synced', takeovers: 0 });
    const booked = workers.flatMap(({ simulator }) => simulator.books.transactions().map(({ id }) => id));
    expect(booked.toSorted()).toEqual(ids.map((id) => `host:invoice:${id}`).toSorted());
    expect(Math.min(...counts)).toBeGreaterThan(0);
  });

  it('serve a connection that was made elsewhere while they run', async () => {
    await web.connections.create({ code: 'later', name: 'Later', apiKey: web.simulator.apiKey });
    await web.mappings.upsert('later', { itemType: 'add_on', itemId: 'setup', productExternalId: 'saas-business' });
    await web.links.link({ customerId: 'cus-1', connectionCode: 'later' });
    const done = applied(['inv-1']);
    await finalizeInTheWeb('inv-1');
    await done;
    expect(await web.recordOf('inv-1')).toMatchObject({ status: 'synced' });
  });

  it('hear of what one of them gave back when it shut down', async () => {
    const hold = workers.map(({ simulator }) => simulator.faults.hold('transactions.createOrUpdate'));
    const done = applied(['inv-1']);
    await finalizeInTheWeb('inv-1');
    const first = await Promise.race(hold.map(({ arrived }, index) => arrived.then(() => index)));
    hold[1 - first]!.release();
    await workers[first]!.app.close();
    expect((await done)[1 - first]).toBe(1);
    workers = [workers[1 - first]!];
  });
});

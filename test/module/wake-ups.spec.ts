import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { TAX_APPLIED, TAX_RESYNC_FINISHED, type TaxResyncFinished } from '@anrok-nest/module';
import { anInvoice } from '@anrok-nest/tax/testing';
import { type DatabaseOptions, emptyDatabase } from '../support/database.js';
import { type ModuleUnderTest, startModule } from '../support/module-under-test.js';
import { MuffledPostgres } from '../support/muffled-postgres.js';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const RECONNECT_MS = 5_000;
const BATCH_POLL_MS = 250;

// SQLite tells nobody anything: there, a worker of another process looks every second
const onPostgreSql = process.env['DATABASE_URL'] ? describe : describe.skip;

onPostgreSql('a worker that never looks by itself, beside a process that only serves the web', () => {
  let worker: ModuleUnderTest;
  let web: ModuleUnderTest;
  beforeEach(async () => {
    const database = await emptyDatabase();
    const never = { enabled: true, pollIntervalMs: DAY_MS, idleIntervalMs: DAY_MS };
    worker = await startModule({ worker: never }, { database });
    web = await startModule({ worker: { enabled: false } }, { database });
  });
  afterEach(async () => {
    await web.close();
    await worker.close();
  });

  const applied = (id: string) =>
    new Promise<void>((resolve) => {
      worker.events.on(TAX_APPLIED, ({ document }) => {
        if (document.id === id) resolve();
      });
    });
  const finalizedInTheWeb = async (id: string) => {
    const reference = worker.host.put(anInvoice({ id }));
    await web.orm.em.fork().transactional(() => web.sync.request(reference));
  };

  it('is told of every commit there', async () => {
    for (const id of ['inv-1', 'inv-2', 'inv-3']) {
      const done = applied(id);
      await finalizedInTheWeb(id);
      await done;
      expect(await web.recordOf(id)).toMatchObject({ status: 'synced' });
    }
  });

  it('is told of a resync that is started there, in the moment of its commit', async () => {
    for (const index of [0, 1, 2]) worker.host.put(anInvoice({ id: `inv-${index}` }));
    for (const index of [0, 1, 2]) web.host.put(anInvoice({ id: `inv-${index}` }));
    const ticking = setInterval(() => worker.clock.advance(BATCH_POLL_MS), 5);
    for (const done of [3, 0]) {
      const finished = new Promise<TaxResyncFinished>((resolve) => worker.events.once(TAX_RESYNC_FINISHED, resolve));
      await web.orm.em.fork().transactional(() => web.resync.start({}, { requestedBy: 'test' }));
      expect((await finished).run).toMatchObject({ status: 'completed', done });
    }
    clearInterval(ticking);
  });

  it('listens again when its connection was cut, and finds what it was not told of', async () => {
    const first = applied('inv-1');
    await finalizedInTheWeb('inv-1');
    await first;
    const cut = `select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and query like '%echo %' and pid <> pg_backend_pid()`;
    expect(await web.orm.em.fork().getConnection().execute(cut)).toHaveLength(1);

    const [second, third] = [applied('inv-2'), applied('inv-3')];
    await finalizedInTheWeb('inv-2');
    const ticking = setInterval(() => worker.clock.advance(RECONNECT_MS), 5);
    await second;
    clearInterval(ticking);
    await finalizedInTheWeb('inv-3');
    await third;
  });
});

onPostgreSql('two processes that both work and never look by themselves', () => {
  const NEVER = { enabled: true, concurrency: 1, pollIntervalMs: DAY_MS, idleIntervalMs: DAY_MS };
  let database: DatabaseOptions;
  let one: ModuleUnderTest;
  let other: ModuleUnderTest;
  beforeEach(async () => {
    database = await emptyDatabase();
    one = await startModule({ worker: NEVER }, { database });
    other = await startModule({ worker: NEVER }, { database });
  });
  afterEach(() => other.close());

  const finalized = async (...ids: string[]) => {
    await one.orm.em.fork().transactional(async () => {
      for (const id of ids) {
        other.host.put(anInvoice({ id }));
        await one.sync.request(one.host.put(anInvoice({ id })));
      }
    });
  };
  const appliedByTheOther = () =>
    new Promise<string>((resolve) => other.events.once(TAX_APPLIED, ({ document }) => resolve(document.id)));

  it('help each other: who has his hands full tells of what is left', async () => {
    const held = one.simulator.faults.hold('transactions.createOrUpdate');
    const done = appliedByTheOther();
    await finalized('inv-1', 'inv-2');
    await held.arrived;
    expect(await done).toBe('inv-2');
    held.release();
    await one.close();
  });

  it('leave nothing lying: what one gives back as it shuts down, the other goes on with at once', async () => {
    const held = one.simulator.faults.hold('transactions.createOrUpdate');
    await finalized('inv-1');
    await held.arrived;
    const done = appliedByTheOther();
    await one.close();
    expect(await done).toBe('inv-1');
  });
});

onPostgreSql('a worker that can not be told of anything', () => {
  it('looks by itself, as where nobody tells of work', async () => {
    const direct = await emptyDatabase();
    const muffled = await MuffledPostgres.before(direct.clientUrl!);
    const worker = await startModule(
      { worker: { enabled: true, pollIntervalMs: 1_000, idleIntervalMs: DAY_MS } },
      { database: { ...direct, clientUrl: muffled.urlOf(direct.clientUrl!) } },
    );
    const web = await startModule({ worker: { enabled: false } }, { database: direct });
    const done = new Promise<string>((resolve) =>
      worker.events.once(TAX_APPLIED, ({ document }) => resolve(document.id)),
    );
    const ticking = setInterval(() => worker.clock.advance(250), 5);
    // until it has found out, and has looked since
    const start = worker.clock.now().getTime();
    while (worker.clock.now().getTime() < start + MINUTE_MS) await setImmediate();
    const reference = worker.host.put(anInvoice());
    await web.orm.em.fork().transactional(() => web.sync.request(reference));
    expect(await done).toBe('inv-1');
    clearInterval(ticking);
    await worker.close();
    await web.close();
    await muffled.close();
  });
});

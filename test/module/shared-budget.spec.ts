import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { PostgresPlaceStore } from '@anrok-nest/module';
import { anInvoice } from '@anrok-nest/tax/testing';
import { type EntityManager, InvalidFieldNameException } from '@mikro-orm/core';
import { type DatabaseOptions, emptyDatabase } from '../support/database.js';
import { type ModuleUnderTest, startModule } from '../support/module-under-test.js';

const WINDOW_MS = 1_025;

// SQLite is for one process, whose budget is in its memory
const onPostgreSql = process.env['DATABASE_URL'] ? describe : describe.skip;

onPostgreSql('Anrok’s limit, as rows that all processes share', () => {
  let database: DatabaseOptions;
  let tested: ModuleUnderTest;
  beforeEach(async () => {
    database = await emptyDatabase();
    tested = await startModule({}, { database });
  });
  afterEach(() => tested.close());

  const at = (seconds: number) => `to_timestamp(1000000 + ${seconds})`;
  const storeAt = (seconds: number, requestsPerSecond = 10, em: EntityManager = tested.orm.em) =>
    new PostgresPlaceStore(em, { requestsPerSecond, clock: at(seconds) });

  /** Resolves when it is on record that somebody was told to wait. */
  const pausedUntil = async () => {
    for (;;) {
      const connection = tested.orm.em.fork().getConnection();
      const [row] = await connection.execute<{ until: string }[]>(
        'select max(paused_until) as until from anrok_rate_place',
      );
      if (Number(row?.until ?? 0) > 0) return Number(row!.until);
    }
  };

  it('gives out what is free at once, and each place again a window later', async () => {
    expect(await storeAt(0).take('seller', 100)).toEqual(Array(10).fill(0));
    expect(await storeAt(0).take('seller', 100)).toEqual([WINDOW_MS]);
    expect(await storeAt(1).take('seller', 3)).toEqual([25]);
    expect(await storeAt(5).take('seller', 3)).toEqual([0, 0, 0]);
    expect(await storeAt(5).usage('seller')).toEqual({ limit: 10, taken: 3, pausedForMs: 0 });
    expect(await storeAt(0).take('another', 1)).toEqual([0]);
  });

  it('never gives out more in any window, however many take at the same time', async () => {
    const waits = await Promise.all(Array.from({ length: 60 }, () => storeAt(0).take('seller', 1)));
    const starts = waits.flat().toSorted((a, b) => a - b);
    expect(starts).toHaveLength(60);
    for (let index = 10; index < starts.length; index += 1)
      expect(starts[index]! - starts[index - 10]!).toBeGreaterThanOrEqual(WINDOW_MS);
  });

  it('wastes no place on those who come one after the other', async () => {
    const waits = [];
    for (let index = 0; index < 60; index++) waits.push(...(await storeAt(0).take('seller', 1)));
    expect(Math.max(...waits)).toBe(5 * WINDOW_MS);
  });

  it('spreads those who wait evenly, so that places come free one by one and not all together', async () => {
    expect(await storeAt(0).take('seller', 10, false)).toEqual(Array(10).fill(0));
    const spread = [];
    for (let index = 0; index < 12; index++) spread.push(...(await storeAt(0).take('seller', 10, true)));
    const places = Array.from({ length: 10 }, (_, index) => WINDOW_MS + index * 102);
    expect(spread).toEqual([...places, 2 * WINDOW_MS, 2 * WINDOW_MS + 102]);
    expect(await storeAt(5).take('seller', 10, true)).toEqual([0]);
  });

  it('goes on where connections have forgotten what was prepared on them, as behind a pooler', async () => {
    // so many at once that every connection of the pool is among them
    const onAll = <Result>(work: () => Promise<Result>) => Promise.all(Array.from({ length: 10 }, work));
    const take = () => storeAt(0).take('seller', 1);
    await onAll(take);
    await onAll(() => tested.orm.em.fork().getConnection().execute('deallocate all'));
    expect((await onAll(take)).flat()).toHaveLength(10);
  });

  it('makes its places anew when PostgreSQL has lost them in a crash', async () => {
    const store = storeAt(0);
    const lose = () => tested.orm.em.fork().getConnection().execute('truncate anrok_rate_place');
    await store.take('seller', 100);
    await lose();
    expect(await store.take('seller', 100)).toEqual(Array(10).fill(0));
    await lose();
    await store.pause('seller', 30_000);
    expect(await storeAt(10).take('seller', 2)).toEqual([20_000, 20_000]);
  });

  it('says of a database that fails what MikroORM says of it', async () => {
    const store = storeAt(0);
    await store.take('seller', 1);
    await tested.orm.em.fork().getConnection().execute('alter table anrok_rate_place rename free_at to freed_at');
    await expect(store.take('seller', 1)).rejects.toThrow(InvalidFieldNameException);
  });

  it('lets nobody start during a pause, which a shorter one does not shorten', async () => {
    await storeAt(0).pause('seller', 30_000);
    await storeAt(0).pause('seller', 10);
    expect(await storeAt(10).usage('seller')).toMatchObject({ pausedForMs: 20_000 });
    expect(await storeAt(10).take('seller', 2)).toEqual([20_000, 20_000]);
    expect(await storeAt(31).usage('seller')).toMatchObject({ pausedForMs: 0 });
    expect(await storeAt(31).usage('another')).toMatchObject({ pausedForMs: 0 });
  });

  it('gives places again at once when the database’s clock was set back', async () => {
    for (const isSpread of [false, true]) {
      const key = `seller ${isSpread}`;
      await storeAt(3_600).take(key, 10);
      await storeAt(3_600).pause(key, 60_000);
      await storeAt(3_600).take(key, 10, isSpread);
      expect(await storeAt(0).usage(key)).toEqual({ limit: 10, taken: 0, pausedForMs: 0 });
      expect(await storeAt(0).take(key, 1, isSpread)).toEqual([0]);
      expect(await storeAt(0).take(key, 1, isSpread)).toEqual([isSpread ? 102 : 0]);
      expect(await storeAt(1).take(key, 10)).toEqual(Array(8).fill(0));
      expect(await storeAt(1).usage(key)).toEqual({ limit: 10, taken: 10, pausedForMs: 0 });
    }
  });

  it('knows nothing any more of a pause from before the clock was set back', async () => {
    await storeAt(3_600).pause('seller', 60_000);
    await storeAt(0).take('seller', 10);
    expect(await storeAt(3_630).usage('seller')).toMatchObject({ pausedForMs: 0 });
    await storeAt(7_200).pause('seller', 60_000);
    await storeAt(0).pause('seller', 5_000);
    expect(await storeAt(0).usage('seller')).toMatchObject({ pausedForMs: 5_000 });
  });

  it.each([false, true])(
    'cuts no queue of a thousand processes short, after a pause (spread: %s)',
    async (isSpread) => {
      const store = storeAt(0);
      await store.pause('seller', 60_000);
      const starts: number[] = [];
      for (let index = 0; index < 1_000; index += 1) starts.push(...(await store.take('seller', 1, isSpread)));
      expect(starts[0]).toBe(60_000);
      for (let index = 10; index < starts.length; index += 1)
        expect(starts[index]! - starts[index - 10]!).toBeGreaterThanOrEqual(WINDOW_MS);
    },
  );

  it('pauses for no longer than Anrok is waited for', async () => {
    await storeAt(0).pause('seller', 3_600_000);
    expect(await storeAt(0).usage('seller')).toMatchObject({ pausedForMs: 60_000 });
  });

  it('comes round faster where the limit is higher', async () => {
    expect(await storeAt(0, 1_000).take('seller', 100)).toEqual(Array(10).fill(0));
    expect(await storeAt(0, 1_000).take('seller', 1)).toEqual([11]);
    expect(await storeAt(0, 1).take('slow', 5)).toEqual([0]);
    expect(await storeAt(0, 1).take('slow', 5)).toEqual([WINDOW_MS]);
  });

  it('is what the module’s calls take their places of', async () => {
    await tested.finalize(anInvoice());
    const rows = await tested.orm.em.fork().getConnection().execute('select free_at from anrok_rate_place');
    expect(rows).toHaveLength(10);
  });

  it('holds every process for as long as Anrok told one of them to wait', async () => {
    const other = await startModule({}, { database });
    const refusal = { kind: 'status', status: 429, headers: { 'retry-after': '1' } } as const;
    tested.simulator.faults.next('transactions.createOrUpdate', refusal);
    const first = tested.finalize(anInvoice({ id: 'inv-1' }));
    const until = await pausedUntil();
    expect(other.simulator.calls.all()).toEqual([]);
    await other.finalize(anInvoice({ id: 'inv-2' }));
    expect(other.simulator.calls.all()).not.toEqual([]);
    expect(Date.now()).toBeGreaterThanOrEqual(until);
    await first;
    await other.close();
  });
});

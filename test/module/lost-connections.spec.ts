import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { type ModuleUnderTest, startModule } from '../support/module-under-test.js';

/** More than the pool has. */
const LOST = 15;

// SQLite has no connections that could be lost
const onPostgreSql = process.env['DATABASE_URL'] ? describe : describe.skip;

onPostgreSql('connections that the host lost within transactions', () => {
  let tested: ModuleUnderTest;
  beforeEach(async () => {
    tested = await startModule();
  });
  afterEach(() => tested.close());

  it('keep nobody from the database, however many they are', async () => {
    const fork = () => tested.orm.em.fork() as SqlEntityManager;
    const lose = () => fork().transactional((em) => em.execute('select pg_terminate_backend(pg_backend_pid())'));
    const lost = await Promise.allSettled(Array.from({ length: LOST }, lose));
    expect(lost.map(({ status }) => status)).toEqual(Array(LOST).fill('rejected'));
    await expect(fork().execute('select 1 as one')).resolves.toEqual([{ one: 1 }]);
  });
});

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { MikroORM } from '@mikro-orm/core';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { HostUnderTest } from '../support/host-under-test.js';

/** More than the pool has. */
const LOST = 15;

// SQLite has no connections that could be lost
const onPostgreSql = process.env['DATABASE_URL'] ? describe : describe.skip;

onPostgreSql('connections that are lost within transactions', () => {
  let host: HostUnderTest;
  beforeAll(async () => {
    host = await HostUnderTest.start();
  });
  afterAll(() => host.close());

  it('keep nobody from the database, however many they are', async () => {
    const lose = () =>
      (host.app.get(MikroORM).em.fork() as SqlEntityManager).transactional((em) =>
        em.execute('select pg_terminate_backend(pg_backend_pid())'),
      );
    const lost = await Promise.allSettled(Array.from({ length: LOST }, lose));
    expect(lost.map(({ status }) => status)).toEqual(Array(LOST).fill('rejected'));
    expect((await host.admin('GET', 'connections')).status).toBe(200);
  });
});

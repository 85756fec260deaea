import { EntityManager } from '@mikro-orm/core';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { type PostgresConnection, type PostgresPool, postgresPoolOf } from './postgres-pool.js';

/** Long enough for whoever holds a lost connection to give it back himself. */
const GRACE_MS = 1_000;

/**
 * Gives connections back to the host's pool that were lost while a transaction held them. When PostgreSQL restarts, the
 * rollback fails too, and then Kysely never returns the connection: after as many as the pool has, every query would
 * wait for ever, the host's as well as ours.
 */
@Injectable()
export class LostConnections implements OnApplicationBootstrap {
  constructor(private readonly em: EntityManager) {}

  /** Not before the start is sure to succeed: MikroORM is never closed if it is told to while it connects. */
  async onApplicationBootstrap(): Promise<void> {
    const pool = await postgresPoolOf(this.em as SqlEntityManager);
    if (pool) returnLostConnections(pool);
  }
}

function returnLostConnections(pool: PostgresPool): void {
  const known = new WeakSet<PostgresConnection>();
  const taken = new Set<PostgresConnection>();
  pool.on('release', (_error, connection) => taken.delete(connection));
  pool.on('acquire', (connection) => {
    taken.add(connection);
    if (known.has(connection)) return;
    known.add(connection);
    connection.once('end', () => {
      const timer = setTimeout(() => {
        if (taken.delete(connection)) connection.release(true);
      }, GRACE_MS);
      timer.unref();
    });
  });
}

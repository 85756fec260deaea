/** What is used of a pool of `pg`, MikroORM's driver. */
interface Pool {
  on(event: 'connect' | 'acquire', listener: (client: PoolClient) => void): unknown;
  on(event: 'release', listener: (error: unknown, client: PoolClient) => void): unknown;
}

interface PoolClient {
  once(event: 'end', listener: () => void): unknown;
  release(destroy: boolean): void;
}

/** Long enough for whoever holds a lost connection to give it back himself. */
const GRACE_MS = 1_000;

/**
 * Gives connections back that were lost while a transaction held them. When PostgreSQL restarts, the rollback fails too,
 * and then Kysely never returns the connection: after as many as the pool has, every query would wait for ever.
 */
export function returnLostConnections(pool: Pool): void {
  const taken = new Set<PoolClient>();
  pool.on('acquire', (client) => taken.add(client));
  pool.on('release', (_error, client) => taken.delete(client));
  pool.on('connect', (client) => {
    client.once('end', () => {
      const timer = setTimeout(() => {
        if (taken.delete(client)) client.release(true);
      }, GRACE_MS);
      timer.unref();
    });
  });
}

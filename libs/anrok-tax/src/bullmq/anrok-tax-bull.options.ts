import type { RedisOptions } from 'ioredis';

export interface AnrokTaxBullOptions {
  /**
   * Where Redis is: what `ioredis` takes, or an address as `url`, such as `redis://localhost:6379`. How long and how often
   * a connection that was lost is tried again, and what waits for it meanwhile, is the module's to say.
   */
  readonly connection: RedisOptions & { readonly url?: string };
  /** First part of all keys in Redis. Default `bull`, BullMQ's own. */
  readonly prefix?: string;
}

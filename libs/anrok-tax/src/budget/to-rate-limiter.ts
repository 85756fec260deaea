import { InMemoryRateLimiter, type RateLimiter, SharedRateLimiter } from '@anrok-nest/client';
import type { EntityManager } from '@mikro-orm/core';
import { BasePostgreSqlPlatform } from '@mikro-orm/sql';
import { PostgresPlaceStore } from './postgres.place-store.js';

/** One budget for all processes on PostgreSQL. SQLite is for one process, which has its budget in memory. */
export function toRateLimiter({ requestsPerSecond }: { requestsPerSecond: number }, em: EntityManager): RateLimiter {
  if (!(em.getPlatform() instanceof BasePostgreSqlPlatform)) return new InMemoryRateLimiter({ requestsPerSecond });
  return new SharedRateLimiter(new PostgresPlaceStore(em, { requestsPerSecond }), { laneShare: requestsPerSecond });
}

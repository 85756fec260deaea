import { describe } from '@jest/globals';
import { isRedisInstalled } from './redis-server.js';

if (!isRedisInstalled)
  process.stderr.write('There is no redis-server on this machine: tests that need one are skipped.\n');

/** Tests that need a Redis. */
export const onRedis: (name: string, tests: () => void) => void = isRedisInstalled ? describe : describe.skip;

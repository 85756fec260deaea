import { spawnSync } from 'node:child_process';
import { describe } from '@jest/globals';

const isInstalled = spawnSync('redis-server', ['--version']).status === 0;
if (!isInstalled) process.stderr.write('There is no redis-server on this machine: tests that need one are skipped.\n');

/** Tests that need a Redis. */
export const onRedis: (name: string, tests: () => void) => void = isInstalled ? describe : describe.skip;

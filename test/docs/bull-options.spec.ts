import { readFileSync } from 'node:fs';
import type { AnrokTaxBullOptions } from '@anrok-nest/module/bullmq';
import { describe, expect, it } from '@jest/globals';

const [, page = ''] = readFileSync(new URL('../../docs/options.md', import.meta.url), 'utf8').split(
  '## `AnrokTaxBullModule`',
);

/** So typed that the compiler finds what is left out. */
const defaults: Readonly<Record<keyof AnrokTaxBullOptions, string>> = { connection: 'required', prefix: '`bull`' };

describe('the page of options', () => {
  it('has those of the module for BullMQ', () => {
    const rows = [...page.matchAll(/^\| `(\w+)` +\| (\S+) /gm)];
    expect(Object.fromEntries(rows.map(([, name, given]) => [name, given]))).toEqual(defaults);
  });
});

import { readFileSync } from 'node:fs';
import * as entryPoint from '@anrok-nest/module';
import { describe, expect, it } from '@jest/globals';

const page = readFileSync(new URL('../../docs/events.md', import.meta.url), 'utf8');

describe('the page of events', () => {
  it('has every event that is emitted, and the class of its payload', () => {
    const names = Object.values(entryPoint).filter((one) => typeof one === 'string' && one.startsWith('tax.'));
    expect(names.length).toBeGreaterThan(8);
    const rows = [...page.matchAll(/^\| `(tax\.[\w.]+)` +\| `(\w+)` /gm)];
    expect(rows).toHaveLength(names.length);
    expect(new Set(rows.map(([, name]) => name))).toEqual(new Set(names));
    for (const [, , payload] of rows) expect(entryPoint).toHaveProperty(payload!, expect.any(Function));
  });
});

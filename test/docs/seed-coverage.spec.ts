import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';

const root = new URL('../../', import.meta.url);
const page = readFileSync(new URL('docs/seed-coverage.md', root), 'utf8');
const rows = page.split('\n').filter((line) => line.startsWith('| ') && !/^\| (the documentation|-)/.test(line));
const files = [...new Set([...page.matchAll(/`((?:apps|libs|test|docs)\/[^` ]+|LICENSE)`/g)].map(([, file]) => file!))];
const proofs = [...page.matchAll(/`([^` ]+\.spec\.ts)` “([^”]+)”/g)].map(([, file, title]) => [file!, title!] as const);

describe('what is said of the integration’s documentation', () => {
  it('is proved in every line: by a test or a file, or by the line before', () => {
    for (const row of rows) expect(row.split('|').at(-2)).toMatch(/`|the same/);
    expect(rows.length).toBeGreaterThan(50);
  });

  it('names files that are there', () => {
    expect(files.filter((file) => !existsSync(new URL(file, root)))).toEqual([]);
  });

  it('names tests that are there', () => {
    const missing = proofs.filter(([file, title]) => !readFileSync(new URL(file, root), 'utf8').includes(`'${title}'`));
    expect(missing).toEqual([]);
    expect(proofs.length).toBeGreaterThan(50);
  });
});

import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import type { WaitKind } from '../records/wait-cause.js';
import { AREAS, errorCatalogue } from './error-catalogue.js';
import { errorsPage } from './errors-page.js';
import type { FixedBy } from './specimen.js';

const root = fileURLToPath(new URL('../../../../', import.meta.url));
const sources = globSync('libs/{tax,anrok-client,anrok-tax}/src/**/*.ts', { cwd: root })
  .filter((file) => !/\.spec\.ts$|\/testing\//.test(file))
  .map((file) => ({ file, text: readFileSync(path.join(root, file), 'utf8') }));

/** Every match of a pattern in the sources, with the file it stands in. */
const found = (pattern: RegExp, files = sources) =>
  files.flatMap(({ file, text }) => [...text.matchAll(pattern)].map(([, first, second]) => ({ file, first, second })));

const HOW = 'add a specimen to libs/anrok-tax/src/catalogue/specimens.ts, then: npm run docs';

describe('the catalogue of errors', () => {
  const catalogue = errorCatalogue();

  it('has every code that the sources give out', () => {
    const given = [
      // not the directions of an orderBy, nor types
      ...found(/\bcode: (?!'(?:asc|desc)'|`[^`]*\$\{string\})['`]([^'`]+)['`]/g),
      ...found(
        /\breadonly code = ['`]([^'`]+)['`]/g,
        sources.filter(({ file }) => file.endsWith('.error.ts')),
      ),
    ].map(({ file, first = '' }) => ({ file, code: first.replaceAll('${', '{') }));
    expect(given.length).toBeGreaterThan(60);
    const known = new Set(catalogue.map(({ code }) => code));
    const missing = given.filter(({ code }) => !known.has(code));
    expect(missing.map(({ code, file }) => `"${code}" of ${file} is not in the catalogue: ${HOW}`)).toEqual([]);
  });

  it('has every class of errors', () => {
    // these have no code of their own: they say what their cause says
    const echoes = new Set(['AnrokCallFailedError', 'EstimateFailedError']);
    const classes = found(/^(?:export )?class (\w+) extends (\w+Error)\b/gm);
    const isOurs = (name: string | undefined): boolean =>
      name === 'TaxError' || name === 'AnrokError' || isOurs(classes.find(({ first }) => first === name)?.second ?? '');
    const shown = new Set(AREAS.flatMap(({ specimens }) => specimens.map(({ error }) => error.constructor.name)));
    const missing = classes.filter(
      ({ first = '', second }) => second !== 'Error' && isOurs(second) && !shown.has(first) && !echoes.has(first),
    );
    expect(missing.map(({ first, file }) => `${first} of ${file} is not in the catalogue: ${HOW}`)).toEqual([]);
  });

  it.each(catalogue)('says of $code when it occurs, what happened and what to do', (entry) => {
    const { code, cause, message, remedy } = entry;
    expect(code).toMatch(/^[a-z][a-z0-9_]*(\{status\})?$/);
    for (const sentence of [cause, remedy]) expect(sentence).toMatch(/^[A-Z][^]{10,}\.$/);
    for (const text of [cause, message, remedy]) expect(text).not.toMatch(/undefined|null|NaN|\[object/);
  });

  it('leaves to nobody only what the sync retries, and to somebody all that it gives up or waits for', () => {
    const ends = catalogue.filter(({ sync }) => sync);
    const codes = (entries: typeof ends) => entries.map(({ code }) => code);
    expect(codes(ends.filter(({ fixedBy }) => fixedBy === 'nobody'))).toEqual(
      codes(ends.filter(({ sync }) => sync?.next === 'retrying')),
    );
  });

  it('names for a wait who can make the change', () => {
    const CHANGERS: Record<WaitKind, FixedBy> = {
      item_mapping: 'mappings',
      customer: 'customers',
      connection: 'engineer',
      invoice: 'finance',
    };
    const waits = catalogue.flatMap(({ code, fixedBy, sync }) =>
      sync?.next === 'waiting' ? [{ code, fixedBy, for: sync.for }] : [],
    );
    expect(new Set(waits.map((wait) => wait.for))).toEqual(new Set(Object.keys(CHANGERS)));
    expect(waits.filter((wait) => wait.fixedBy !== CHANGERS[wait.for])).toEqual([]);
  });

  it('has several causes for a code only where each of them differs', () => {
    const causes = catalogue.map(({ code, cause }) => `${code}: ${cause}`);
    expect(new Set(causes).size).toBe(causes.length);
  });

  it('is what docs/errors.md says', () => {
    const written = readFileSync(path.join(root, 'docs/errors.md'), 'utf8');
    const state = written === errorsPage(catalogue) ? 'current' : 'out of date: run npm run docs, and commit it';
    expect(`docs/errors.md is ${state}`).toBe('docs/errors.md is current');
  });
});

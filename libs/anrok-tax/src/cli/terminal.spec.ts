import { PassThrough } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { progressLine } from './progress-line.js';
import { printable, table, Terminal } from './terminal.js';

describe('what is printed', () => {
  it('has nothing in it that a terminal would obey but colours', () => {
    expect(printable('a\u{1b}[2Jb\u{7}\r\u{9b}31m\u{202e}c\n\u{1b}[1mbold\u{1b}[22m')).toBe(
      'a\u{fffd}[2Jb\u{fffd}\u{fffd}\u{fffd}31m\u{fffd}c\n\u{1b}[1mbold\u{1b}[22m',
    );
  });

  it('stands in columns, whatever widths the letters have', () => {
    const text = table(
      [{ head: 'Name' }, { head: 'Sum', align: 'right' }],
      [
        ['東京', '1.00'],
        ['a\tb', '10.00'],
      ],
    );
    expect(text).toBe('Name    Sum\n東京   1.00\na b   10.00');
  });

  it('is JSON for machines, whole and untouched', () => {
    const out = new PassThrough();
    new Terminal(out, new PassThrough(), true).answer({ name: '\u{1b}' }, () => 'for people');
    expect(JSON.parse(String(out.read()))).toEqual({ name: '\u{1b}' });
  });
});

describe('a progress line', () => {
  it.each([
    [0, 4_210, '░░░░░░░░░░  0 of 4,210 · x'],
    [2_105, 4_210, '█████░░░░░  2,105 of 4,210 · x'],
    [4_209, 4_210, '█████████░  4,209 of 4,210 · x'],
    [5_000, 4_210, '██████████  5,000 of 4,210 · x'],
    [7, null, '7 done · x'],
    [0, 0, '██████████  0 of 0 · x'],
  ])('of %j of %j is %j', (done, total, line) => {
    expect(progressLine(done, total, ['x'], 10)).toBe(line);
  });

  it('has a bar of one length, however much is done', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), (done, total) => {
        expect(progressLine(done, total, [], 20)).toMatch(/^█*░* {2}/);
        expect(progressLine(done, total, [], 20).indexOf(' ')).toBe(20);
      }),
    );
  });
});

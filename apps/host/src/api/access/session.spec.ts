import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { isSame, sessionOf, showsSession } from './session.js';

describe('what is shown to get in', () => {
  it('is the key and nothing that begins like it, ends like it or is longer', () => {
    expect(isSame('the-key', 'the-key')).toBe(true);
    for (const other of ['', 'the-ke', 'he-key', 'the-key1', 'THE-KEY', 'the-key\0'])
      expect(isSame(other, 'the-key')).toBe(false);
  });

  // no clock tells a millionth of a second reliably, so this looks at what is written
  it('is compared by what Node made for secrets, whatever of it is right', () => {
    const source = readFileSync(new URL('session.ts', import.meta.url), 'utf8');
    const comparison = source.slice(source.indexOf('export function isSame'));
    expect(comparison).toContain('return timingSafeEqual(digest(shown), digest(expected));');
    expect(comparison).not.toMatch(/===|!==|localeCompare|startsWith/);
  });

  it('is the session of this key, among other cookies, and no other', () => {
    expect(showsSession(`a=b; host_session=${sessionOf('key')}; c`, 'key')).toBe(true);
    expect(showsSession(`host_session=${sessionOf('other')}`, 'key')).toBe(false);
    expect(showsSession(`xhost_session=${sessionOf('key')}`, 'key')).toBe(false);
    expect(showsSession(undefined, 'key')).toBe(false);
  });
});

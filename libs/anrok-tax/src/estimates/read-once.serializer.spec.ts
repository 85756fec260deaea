import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Keyv } from 'keyv';
import { readOnceSerializer } from './read-once.serializer.js';

describe('readOnceSerializer', () => {
  it('reads a text once, and another one anew', () => {
    const serializer = readOnceSerializer();
    const first = serializer.parse('{"a":1}');
    expect(serializer.parse('{"a":1}')).toBe(first);
    expect(serializer.parse('{"a":2}')).toEqual({ a: 2 });
  });

  it('does not keep long texts', () => {
    const serializer = readOnceSerializer();
    const text = JSON.stringify({ text: 'x'.repeat(20_000) });
    expect(serializer.parse(text)).not.toBe(serializer.parse(text));
  });

  it('understands what Keyv has written before, and is understood by it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), async (value) => {
        const store = new Map<string, unknown>();
        const ours = new Keyv({ store, serialization: readOnceSerializer() });
        const theirs = new Keyv({ store });
        await theirs.set('theirs', { value });
        await ours.set('ours', { value });
        expect(await ours.get('theirs')).toEqual(await theirs.get('theirs'));
        expect(await theirs.get('ours')).toEqual(await ours.get('ours'));
      }),
    );
  });
});

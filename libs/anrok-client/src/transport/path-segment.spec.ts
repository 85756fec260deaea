import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { pathSegment } from './path-segment.js';

const segment = (id: string) => pathSegment('id', id, ['transactions.void', 'transactionId']);

describe('an id in a path', () => {
  it.each([
    ['acme:invoice:7', 'id:acme:invoice:7'],
    ['a/b?c#d e%', 'id:a%2Fb%3Fc%23d%20e%25'],
    ['..', 'id:..'],
    ['Zoë', 'id:Zo%C3%AB'],
  ])('%s reads %s', (id, expected) => {
    expect(segment(id)).toBe(expected);
  });

  it('is one segment, and comes out of the URL as it went in', () => {
    const anyId = fc.string({ unit: 'grapheme', minLength: 1 }).filter((id) => id.trim() !== '' && id.isWellFormed());
    fc.assert(
      fc.property(anyId, (id) => {
        const { pathname } = new URL(`http://host/transactions/${segment(id)}/void`);
        const parts = pathname.split('/');
        expect(parts).toHaveLength(4);
        expect(decodeURIComponent(parts[2]!)).toBe(`id:${id}`);
      }),
    );
  });

  it.each([
    ['empty', ''],
    ['blank', ' \n'],
    ['half a character', 'a\ud800'],
    ['no text at all', undefined as unknown as string],
  ])('is refused before anything is sent when it is %s', (_, id) => {
    expect(() => segment(id)).toThrow(
      expect.objectContaining({
        code: 'anrok_invalid_request',
        outcome: 'notSent',
        retry: 'never',
        operation: 'transactions.void',
        details: { field: 'transactionId' },
      }),
    );
  });
});

import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { toTransactionId } from './transaction-id.js';

describe('toTransactionId', () => {
  it('is readable', () => {
    expect(toTransactionId('prod', { kind: 'invoice', id: '0199-ab' })).toBe('prod:invoice:0199-ab');
    expect(toTransactionId('prod', { kind: 'credit_note', id: '7' }, 2)).toBe('prod:credit_note:7:part2');
  });

  it('never gives two documents, or two parts of one, the same id', () => {
    const document = fc.record({
      kind: fc.constantFrom('invoice' as const, 'credit_note' as const, 'fee' as const),
      id: fc.oneof(fc.string({ minLength: 1 }), fc.constantFrom('7', '7:part2', '7%3Apart2', 'invoice:7')),
    });
    const part = fc.integer({ min: 1, max: 3 });
    fc.assert(
      fc.property(document, part, document, part, (a, i, b, j) => {
        const same = a.kind === b.kind && a.id === b.id && i === j;
        expect(toTransactionId('p', a, i) === toTransactionId('p', b, j)).toBe(same);
      }),
    );
  });
});

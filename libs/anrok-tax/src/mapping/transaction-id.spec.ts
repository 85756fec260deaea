import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { toNegationId, toTransactionId } from './transaction-id.js';

describe('toTransactionId', () => {
  it('is readable', () => {
    expect(toTransactionId('prod', { kind: 'invoice', id: '0199-ab' })).toBe('prod:invoice:0199-ab');
    expect(toTransactionId('prod', { kind: 'credit_note', id: '7' }, { part: 2 })).toBe('prod:credit_note:7:part2');
    expect(toTransactionId('prod', { kind: 'fee', id: '7' }, { generation: 3, part: 2 })).toBe('prod:fee:7:g3:part2');
    expect(toNegationId('prod:invoice:7')).toBe('prod:invoice:7:negation');
  });

  it('never gives two documents, two parts or two generations the same id', () => {
    const document = fc.record({
      kind: fc.constantFrom('invoice' as const, 'credit_note' as const, 'fee' as const),
      id: fc.oneof(fc.string({ minLength: 1 }), fc.constantFrom('7', '7:part2', '7%3Apart2', 'invoice:7', '7:g2')),
      part: fc.integer({ min: 1, max: 3 }),
      generation: fc.integer({ min: 1, max: 3 }),
    });
    fc.assert(
      fc.property(document, document, (a, b) => {
        const same = a.kind === b.kind && a.id === b.id && a.part === b.part && a.generation === b.generation;
        expect(toTransactionId('p', a, a) === toTransactionId('p', b, b)).toBe(same);
        expect(toNegationId(toTransactionId('p', a, a))).not.toBe(toTransactionId('p', b, b));
      }),
    );
  });
});

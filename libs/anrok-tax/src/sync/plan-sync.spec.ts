import { describe, expect, it } from '@jest/globals';
import type { TransactionDraft } from '../mapping/to-anrok-transactions.js';
import { type Held, planSync } from './plan-sync.js';
import { requestHash } from './request-hash.js';

const draft = (transactionId: string, amount = 100): TransactionDraft => ({
  transactionId,
  body: {
    currencyCode: 'USD',
    accountingDate: '2026-03-15',
    customerAddress: { country: 'US', region: 'CO' },
    lineItems: [{ id: 'line-1', productExternalId: 'saas', amount }],
  },
});
const held = (of: TransactionDraft, changes: Partial<Held> = {}): Held => ({
  transactionId: of.transactionId,
  version: 1,
  state: 'recorded',
  requestHash: requestHash(of),
  ...changes,
});
const record = (of: TransactionDraft) => ({ kind: 'record', draft: of });
const [a, b] = [draft('a'), draft('b')];

describe('planSync', () => {
  it.each([
    ['records what Anrok has not', [a], [], [], [record(a)]],
    ['does nothing when Anrok holds exactly that', [a, b], [held(a), held(b)], [], []],
    ['records a changed document again under its id', [draft('a', 200)], [held(a)], [], [record(draft('a', 200))]],
    ['records all parts when one changed', [a, b], [held(a), held(draft('b', 1))], [], [record(a), record(b)]],
    ['records what was voided', [a], [held(a, { state: 'voided' })], [], [record(a)]],
    ['records again what it is in doubt about', [a], [held(a)], ['a'], [record(a)]],
    [
      'voids parts that the document no longer has, at the version it knows',
      [a],
      [held(a), held(b, { version: 3 })],
      [],
      [{ kind: 'void', transactionId: 'b', expectedVersion: 3 }],
    ],
    [
      'voids parts that Anrok may hold, at whatever version',
      [a],
      [held(a)],
      ['a', 'b'],
      [record(a), { kind: 'void', transactionId: 'b' }],
    ],
    [
      'voids everything of a document with nothing to tax',
      [],
      [held(a)],
      [],
      [{ kind: 'void', transactionId: 'a', expectedVersion: 1 }],
    ],
    ['leaves alone what is void already', [], [held(a, { state: 'voided' })], [], []],
    ['has nothing to do for a document that was never sent', [], [], [], []],
  ] as const)('%s', (_, target, known, doubtful, steps) => {
    expect(planSync({ target, held: known, doubtful })).toEqual(steps);
  });
});

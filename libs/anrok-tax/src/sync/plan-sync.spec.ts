import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { TransactionDraft } from '../mapping/to-anrok-transactions.js';
import { type Held, needsNextGeneration, planSync } from './plan-sync.js';
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

const undo = (transactionId: string, expectedVersion?: number) =>
  ({ kind: 'undo', transactionId, ...(expectedVersion !== undefined && { expectedVersion }) }) as const;

describe('planSync', () => {
  it.each([
    ['records what Anrok has not', [a], [], [], [record(a)]],
    ['does nothing when Anrok holds exactly that', [a, b], [held(a), held(b)], [], []],
    ['records a changed document again under its id', [draft('a', 200)], [held(a)], [], [record(draft('a', 200))]],
    ['records all parts when one changed', [a, b], [held(a), held(draft('b', 1))], [], [record(a), record(b)]],
    ['records what was voided', [a], [held(a, { state: 'voided' })], [], [record(a)]],
    ['records again what it is in doubt about', [a], [held(a)], ['a'], [record(a)]],
    ['records all parts again when one is in doubt', [a, b], [held(a), held(b)], ['a'], [record(a), record(b)]],
    [
      'undoes parts that the document no longer has, at their version',
      [a],
      [held(a), held(b, { version: 3 })],
      [],
      [undo('b', 3)],
    ],
    ['undoes parts that Anrok may hold, at whatever version', [a], [held(a)], ['a', 'b'], [record(a), undo('b')]],
    ['undoes at whatever version when anything is in doubt', [], [held(a), held(b)], ['a'], [undo('a'), undo('b')]],
    ['undoes everything of a document that counts no more', [], [held(a)], [], [undo('a', 1)]],
    ['undoes an earlier generation, and records the next', [b], [held(a)], [], [record(b), undo('a', 1)]],
    [
      'undoes what may be left of an earlier generation',
      [b],
      [held(b), held(a, { state: 'doubtful', version: null })],
      [],
      [undo('a')],
    ],
    ['leaves alone what is void already', [], [held(a, { state: 'voided' })], [], []],
    ['leaves alone what is negated already', [b], [held(a, { state: 'negated' }), held(b)], [], []],
    ['leaves alone what is negated already, and counts no more', [], [held(a, { state: 'negated' })], [], []],
    ['has nothing to do for a document that was never sent', [], [], [], []],
    [
      'of a next generation to begin undoes all that is open, and records all',
      [a, b],
      [held(a, { state: 'negated' }), held(b, { version: 3 })],
      [],
      [record(a), record(b), undo('b', 3)],
    ],
    [
      'of a next generation to begin undoes also what is in doubt',
      [a],
      [held(a, { state: 'negated' })],
      ['a'],
      [record(a), undo('a')],
    ],
  ] as const)('%s', (_, target, known, doubtful, steps) => {
    expect(planSync({ target, held: known, doubtful })).toEqual(steps);
  });
});

describe('needsNextGeneration', () => {
  const STATES = ['recorded', 'voided', 'doubtful', 'negated'] as const;

  it.each([
    ['was negated', [a], [held(a, { state: 'negated' })], true],
    ['was negated in one of its parts', [a, b], [held(a), held(b, { state: 'negated' })], true],
    ['was negated as an earlier generation', [b], [held(a, { state: 'negated' })], false],
    ['was negated, and counts no more', [], [held(a, { state: 'negated' })], false],
    ['may have been negated', [a], [held(a, { state: 'doubtful' })], true],
    ['was voided', [a], [held(a, { state: 'voided' })], false],
    ['is recorded', [a], [held(a)], false],
    ['was never sent', [a], [], false],
  ] as const)('of a document that %s', (_, target, known, expected) => {
    expect(needsNextGeneration({ target, held: known })).toBe(expected);
  });

  it('is so exactly where a step would record under an id that was negated, or may have been', () => {
    const drafts = ['a', 'b', 'c'].map((id) => draft(id));
    const known = fc
      .tuple(...drafts.map((one) => fc.option(fc.constantFrom(...STATES).map((state) => held(one, { state })))))
      .map((all) => all.filter((one) => one !== null));
    fc.assert(
      fc.property(fc.subarray(drafts), known, fc.subarray(['a', 'b', 'c']), (target, all, doubtful) => {
        const spent = new Set(
          all.filter(({ state }) => state === 'negated' || state === 'doubtful').map((one) => one.transactionId),
        );
        const steps = planSync({ target, held: all, doubtful });
        const recordsSpent = steps.some((step) => step.kind === 'record' && spent.has(step.draft.transactionId));
        expect(needsNextGeneration({ target, held: all })).toBe(recordsSpent);
      }),
    );
  });
});

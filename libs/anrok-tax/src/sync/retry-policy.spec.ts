import { describe, expect, it } from '@jest/globals';
import type { TaxProblem } from '@anrok-nest/tax';
import fc from 'fast-check';
import { AnrokTaxOptions } from '../options/resolve-options.js';
import { decideRetry, type FailedTry } from './retry-policy.js';

const defaults = AnrokTaxOptions.from({ encryptionKey: 'ab'.repeat(32) }).retry;
const now = new Date('2026-03-15T12:00:00Z');
const problem = (changes: Partial<TaxProblem>): TaxProblem => ({
  code: 'anrok_server_error',
  message: 'It broke.',
  remedy: 'Wait.',
  retry: 'later',
  details: {},
  ...changes,
});
const decide = (failed: Partial<FailedTry>) =>
  decideRetry({ problem: problem({}), failures: 1, firstFailedAt: now, now, jitter: 0.999, ...failed }, defaults);
const pause = (failed: Partial<FailedTry>) => {
  const decision = decide(failed);
  return decision.next === 'retrying' ? decision.at.getTime() - now.getTime() : undefined;
};

describe('decideRetry', () => {
  const items = [{ type: 'add_on', id: 'setup' }];
  it.each([
    ['item_not_mapped', { items }, { next: 'waiting', cause: { kind: 'item_mapping', items } }],
    ['anrok_product_external_id_unknown', { items }, { next: 'waiting', cause: { kind: 'item_mapping', items } }],
    ['customer_address_unusable', {}, { next: 'waiting', cause: { kind: 'customer' } }],
    ['customer_not_linked', {}, { next: 'waiting', cause: { kind: 'customer' } }],
    ['customer_changed', {}, { next: 'waiting', cause: { kind: 'customer' } }],
    ['credit_tax_differs', {}, { next: 'waiting', cause: { kind: 'customer' } }],
    ['anrok_customer_address_could_not_resolve', {}, { next: 'waiting', cause: { kind: 'customer' } }],
    ['anrok_unauthorized', {}, { next: 'waiting', cause: { kind: 'connection' } }],
    ['api_key_unreadable', {}, { next: 'waiting', cause: { kind: 'connection' } }],
    ['anrok_tax_date_too_far_in_past', {}, { next: 'failed' }],
  ])('%s waits for what mends it, or for a person', (code, details, decision) => {
    expect(decide({ problem: problem({ code, retry: 'after-fix', details }) })).toEqual(decision);
  });

  it('leaves to a person what trying again can not mend', () => {
    expect(decide({ problem: problem({ retry: 'never' }) })).toEqual({ next: 'failed' });
  });

  it('doubles its pauses from about a second', () => {
    expect([1, 2, 3, 4, 5].map((failures) => pause({ failures }))).toEqual([949, 1_899, 3_799, 7_598, 15_196]);
    expect(pause({ failures: 1, jitter: 0 })).toBe(750);
  });

  it('stays under half a minute for the first five minutes', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 10_000 }),
        fc.integer({ min: 0, max: 299_999 }),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (failures, age, jitter) => {
          const firstFailedAt = new Date(now.getTime() - age);
          expect(pause({ failures, jitter, firstFailedAt })).toBeLessThan(30_000);
        },
      ),
    );
  });

  it('grows to half an hour after that', () => {
    const firstFailedAt = new Date(now.getTime() - 3_600_000);
    expect(pause({ failures: 40, firstFailedAt, jitter: 0.5 })).toBe(1_530_000);
  });

  it('stays away for as long as it was asked to', () => {
    expect(pause({ retryAfterMs: 90_000 })).toBe(90_000);
    expect(pause({ retryAfterMs: 5 })).toBe(949);
  });

  it('gives up after three days, so that nothing stays pending for ever', () => {
    expect(decide({ firstFailedAt: new Date(now.getTime() - 72 * 3_600_000) })).toEqual({ next: 'failed' });
    expect(decide({ firstFailedAt: new Date(now.getTime() - 72 * 3_600_000 + 1) }).next).toBe('retrying');
  });
});

import { AnrokError } from '@anrok-nest/client';
import { TaxError, type TaxProblem } from '@anrok-nest/tax';
import { toTaxProblem, withItemsOfProduct } from '../mapping/to-tax-problem.js';
import type { RetryOptions } from '../options/anrok-tax.options.js';
import { decideRetry, type RetryDecision } from './retry-policy.js';
import { UnexpectedSyncError } from './sync.error.js';
import type { SyncRun } from './sync-run.js';
import type { WaitKind } from '../records/wait-cause.js';

/** Whatever ended a run, as a problem with a code and a remedy. */
export function problemOf(run: SyncRun, error: unknown): TaxProblem {
  if (error instanceof TaxError) return error.problem;
  if (!(error instanceof AnrokError)) return new UnexpectedSyncError(error).problem;
  const problem = toTaxProblem(error);
  return run.loaded ? withItemsOfProduct(problem, run.loaded.document, run.drafts) : problem;
}

/** What comes next for the record of a run that ended in this problem. */
export function decisionFor(
  { record }: SyncRun,
  problem: TaxProblem,
  now: Date,
  jitter: number,
  options: RetryOptions,
): RetryDecision {
  const { retryAfterMs } = problem.details;
  return decideRetry(
    {
      problem,
      failures: record.failures + 1,
      firstFailedAt: record.firstFailedAt ?? now,
      now,
      jitter,
      ...(typeof retryAfterMs === 'number' && { retryAfterMs }),
    },
    options,
  );
}

/** The rows by which a change finds the documents that wait for it. */
export function waitsOf(decision: RetryDecision): { kind: WaitKind; itemType?: string; itemId?: string }[] {
  if (decision.next !== 'waiting') return [];
  const { cause } = decision;
  if (cause.kind !== 'item_mapping') return [{ kind: cause.kind }];
  return cause.items.map((item) => ({ kind: cause.kind, itemType: item.type, itemId: item.id }));
}

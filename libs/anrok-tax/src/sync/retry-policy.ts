import type { TaxProblem } from '@anrok-nest/tax';
import type { RetryOptions } from '../options/anrok-tax.options.js';
import { type WaitCause, waitCauseOf } from '../records/wait-cause.js';

const EARLY_MS = 5 * 60_000;

export type RetryDecision =
  | { readonly next: 'retrying'; readonly at: Date }
  | { readonly next: 'waiting'; readonly cause: WaitCause }
  | { readonly next: 'failed' };

export interface FailedTry {
  readonly problem: TaxProblem;
  /** How many tries have failed in a row, this one included. */
  readonly failures: number;
  readonly firstFailedAt: Date;
  readonly now: Date;
  /** How long whoever refused asked us to stay away. */
  readonly retryAfterMs?: number;
  /** Between 0 and 1; spreads the retries of many documents that failed at once. */
  readonly jitter: number;
}

/**
 * What comes after a failed try. The only place that decides it: what can heal by itself is retried, what waits for a
 * known change waits for exactly that, everything else is a person's to decide.
 */
export function decideRetry(failed: FailedTry, options: RetryOptions): RetryDecision {
  if (failed.problem.retry === 'after-fix') {
    const cause = waitCauseOf(failed.problem);
    return cause ? { next: 'waiting', cause } : { next: 'failed' };
  }
  const age = failed.now.getTime() - failed.firstFailedAt.getTime();
  if (failed.problem.retry === 'never' || age >= options.giveUpAfterMs) return { next: 'failed' };
  return { next: 'retrying', at: new Date(failed.now.getTime() + delayMs(failed, age, options)) };
}

/** Doubles from the first delay; between 75 and 95 % of it, so that the ceiling holds. */
function delayMs(failed: FailedTry, age: number, options: RetryOptions): number {
  const ceiling = age < EARLY_MS ? options.earlyCeilingMs : options.lateCeilingMs;
  // 2^30 times anything is beyond every ceiling
  const full = Math.min(ceiling, options.firstDelayMs * 2 ** Math.min(failed.failures - 1, 30));
  return Math.max(Math.floor(full * (0.75 + failed.jitter / 5)), failed.retryAfterMs ?? 0);
}

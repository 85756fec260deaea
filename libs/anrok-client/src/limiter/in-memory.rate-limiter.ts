import { type Clock, systemClock } from './clock.js';
import type { Lane, LimitUsage, RateLimiter } from './rate-limiter.js';
import { SellerBudget } from './seller-budget.js';

export interface InMemoryRateLimiterOptions {
  /** A whole number from 1. Default: 10, Anrok's own default per seller account. */
  readonly requestsPerSecond?: number;
  /**
   * Added to each window of one second, because requests don't travel equally fast: what leaves a second apart may
   * arrive closer together. Default: 25 ms, which is 9.75 requests per second of 10.
   */
  readonly jitterMarginMs?: number;
  /** Default: the system's. */
  readonly clock?: Clock;
}

/**
 * Keeps the limit within one process: never more than `requestsPerSecond` starts in any window of one second, per key.
 * Lanes are served by priority, first come first served within a lane; while a lane waits, at least one of any
 * `requestsPerSecond` (at least four) places in a row is its own, so that a resync goes on under any load. Those who have
 * to wait start evenly spread, so that a person who comes meanwhile waits for the next place, not for the next window.
 *
 * Nothing polls: one timer to the next place, and none when nobody waits.
 */
export class InMemoryRateLimiter implements RateLimiter {
  readonly #budgets = new Map<string, SellerBudget>();
  readonly #newBudget: () => SellerBudget;

  /** @throws RangeError when an option is out of its range */
  constructor({ requestsPerSecond = 10, jitterMarginMs = 25, clock = systemClock }: InMemoryRateLimiterOptions = {}) {
    if (!Number.isSafeInteger(requestsPerSecond) || requestsPerSecond < 1)
      throw new RangeError(`requestsPerSecond must be a whole number from 1, not ${requestsPerSecond}.`);
    if (!Number.isFinite(jitterMarginMs) || jitterMarginMs < 0)
      throw new RangeError(`jitterMarginMs must be a number from 0, not ${jitterMarginMs}.`);
    this.#newBudget = () => new SellerBudget(clock, requestsPerSecond, 1000 + jitterMarginMs);
  }

  /** How many seller accounts it remembers: those that were busy within the last second or so. */
  get size(): number {
    return this.#budgets.size;
  }

  acquire(key: string, lane: Lane, signal?: AbortSignal): Promise<void> {
    return this.#budget(key).acquire(lane, signal);
  }

  pause(key: string, forMs: number): void {
    this.#budget(key).pause(forMs);
  }

  /** Within this process. */
  async usage(key: string): Promise<LimitUsage> {
    return (this.#budgets.get(key) ?? this.#newBudget()).usage;
  }

  #budget(key: string): SellerBudget {
    const known = this.#budgets.get(key);
    if (known) return known;

    // Memory grows only here, so this is where idle accounts leave it; a timer for that would outlive the work.
    for (const [other, budget] of this.#budgets) if (budget.isIdle) this.#budgets.delete(other);
    const budget = this.#newBudget();
    this.#budgets.set(key, budget);
    return budget;
  }
}

import { type Clock, systemClock } from './clock.js';
import type { PlaceStore } from './place-store.js';
import type { Lane, LimitUsage, RateLimiter } from './rate-limiter.js';
import { SharedBudget } from './shared-budget.js';

export interface SharedRateLimiterOptions {
  /** How many places in a row hold at least one of each lane that waits. A whole number from 1. Default: 10. */
  readonly laneShare?: number;
  /** Default: the system's. */
  readonly clock?: Clock;
}

/**
 * Keeps the limit over all processes that share a store. Lanes are served as by InMemoryRateLimiter, within a process;
 * between processes, each has no more than one place that is not free yet, however many give up, so that a person before
 * a screen waits for no more than one place of each.
 *
 * What the store throws, everybody who waits is told.
 */
export class SharedRateLimiter implements RateLimiter {
  readonly #budgets = new Map<string, SharedBudget>();
  readonly #store: PlaceStore;
  readonly #newBudget: (key: string) => SharedBudget;

  constructor(store: PlaceStore, { laneShare = 10, clock = systemClock }: SharedRateLimiterOptions = {}) {
    this.#store = store;
    this.#newBudget = (key) => new SharedBudget(key, store, clock, laneShare);
  }

  /** How many seller accounts it remembers: those that somebody waits for, or did a moment ago. */
  get size(): number {
    return this.#budgets.size;
  }

  acquire(key: string, lane: Lane, signal?: AbortSignal): Promise<void> {
    return this.#budget(key).acquire(lane, signal);
  }

  pause(key: string, forMs: number): void {
    this.#budget(key).pause(forMs);
  }

  /** Places of all processes; who waits, of this one. */
  async usage(key: string): Promise<LimitUsage> {
    return { ...(await this.#store.usage(key)), waiting: this.#budgets.get(key)?.waiting ?? 0 };
  }

  #budget(key: string): SharedBudget {
    const known = this.#budgets.get(key);
    if (known) return known;

    // Memory grows only here, so this is where idle accounts leave it; a timer for that would outlive the work.
    for (const [other, budget] of this.#budgets) if (budget.isIdle) this.#budgets.delete(other);
    const budget = this.#newBudget(key);
    this.#budgets.set(key, budget);
    return budget;
  }
}

import type { Clock } from './clock.js';
import { LaneQueue } from './lane-queue.js';
import type { Lane, LimitUsage } from './rate-limiter.js';

interface Waiter {
  readonly cameAt: number;
  readonly start: () => void;
}

/** How late a start may be without those behind it being late as well: timers are not exact. */
const CATCH_UP_MS = 25;

/**
 * One seller account's places: a sliding window of starts, a pause, and who waits.
 *
 * Who waits behind others is spread over the window, except for `interactive`: ten that start together have the next ten
 * start together a window later, for ever, and a person who comes in between waits for nearly all of it.
 */
export class SellerBudget {
  readonly #queue: LaneQueue<Waiter>;
  /** When the last requests started, at most as many as fit into one window; oldest first. */
  readonly #starts: number[] = [];
  #pausedUntil = -Infinity;
  #spreadFrom = -Infinity;
  #cancelTimer: (() => void) | undefined;

  constructor(
    private readonly clock: Clock,
    private readonly requestsPerWindow: number,
    private readonly windowMs: number,
  ) {
    this.#queue = new LaneQueue(requestsPerWindow);
  }

  /** Nothing here matters any more: nobody waits, the window is empty, no pause runs. */
  get isIdle(): boolean {
    const lastStart = this.#starts.at(-1) ?? -Infinity;
    return this.#queue.isEmpty && Math.max(lastStart + this.windowMs, this.#pausedUntil) <= this.clock.now();
  }

  get usage(): LimitUsage {
    const now = this.clock.now();
    return {
      limit: this.requestsPerWindow,
      taken: this.#starts.filter((start) => start + this.windowMs > now).length,
      waiting: this.#queue.size,
      pausedForMs: Math.max(0, this.#pausedUntil - now),
    };
  }

  acquire(lane: Lane, signal?: AbortSignal): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const start = () => {
      signal?.removeEventListener('abort', leave);
      resolve();
    };
    const waiter = { cameAt: this.clock.now(), start };
    const leave = () => {
      this.#queue.remove(lane, waiter);
      reject(signal?.reason);
      this.#serve();
    };
    if (signal?.aborted) {
      reject(signal.reason);
    } else {
      signal?.addEventListener('abort', leave, { once: true });
      this.#queue.add(lane, waiter);
      this.#serve();
    }
    return promise;
  }

  pause(forMs: number): void {
    // a pause of NaN would hold for ever
    if (forMs > 0) this.#pausedUntil = Math.max(this.#pausedUntil, this.clock.now() + forMs);
    this.#serve();
  }

  /** Starts everybody for whom there is a place, and sets the one timer for the next place if somebody still waits. */
  #serve(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    while (!this.#queue.isEmpty) {
      const now = this.clock.now();
      const waitMs = this.#nextStartAt() - now;
      if (waitMs > 0) {
        this.#cancelTimer = this.clock.after(waitMs, () => this.#serve());
        return;
      }
      const isSpread = !this.#queue.isWaiting('interactive');
      const next = this.#queue.take()!;
      if (isSpread && next.cameAt < now) this.#spreadOn(now);
      if (this.#starts.push(now) > this.requestsPerWindow) this.#starts.shift();
      next.start();
    }
  }

  #spreadOn(now: number): void {
    const from = now - this.#spreadFrom <= CATCH_UP_MS ? this.#spreadFrom : now;
    this.#spreadFrom = from + Math.floor(this.windowMs / this.requestsPerWindow);
  }

  #nextStartAt(): number {
    const placeAt = this.#nextPlaceAt();
    return this.#queue.isWaiting('interactive') ? placeAt : Math.max(placeAt, this.#spreadFrom);
  }

  #nextPlaceAt(): number {
    const isFull = this.#starts.length === this.requestsPerWindow;
    return Math.max(this.#pausedUntil, isFull ? this.#starts[0]! + this.windowMs : -Infinity);
  }
}

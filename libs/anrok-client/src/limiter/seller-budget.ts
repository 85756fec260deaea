import type { Clock } from './clock.js';
import { LaneQueue } from './lane-queue.js';
import type { Lane, LimitUsage } from './rate-limiter.js';

/** One seller account's places: a sliding window of starts, a pause, and who waits. */
export class SellerBudget {
  readonly #queue: LaneQueue<() => void>;
  /** When the last requests started, at most as many as fit into one window; oldest first. */
  readonly #starts: number[] = [];
  #pausedUntil = -Infinity;
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
    const leave = () => {
      this.#queue.remove(lane, start);
      reject(signal?.reason);
      this.#serve();
    };
    if (signal?.aborted) {
      reject(signal.reason);
    } else {
      signal?.addEventListener('abort', leave, { once: true });
      this.#queue.add(lane, start);
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
      const waitMs = this.#nextPlaceAt() - this.clock.now();
      if (waitMs > 0) {
        this.#cancelTimer = this.clock.after(waitMs, () => this.#serve());
        return;
      }
      if (this.#starts.push(this.clock.now()) > this.requestsPerWindow) this.#starts.shift();
      this.#queue.take()?.();
    }
  }

  #nextPlaceAt(): number {
    const isFull = this.#starts.length === this.requestsPerWindow;
    return Math.max(this.#pausedUntil, isFull ? this.#starts[0]! + this.windowMs : -Infinity);
  }
}

import type { Clock } from './clock.js';
import { LaneQueue } from './lane-queue.js';
import type { PlaceStore } from './place-store.js';
import type { Lane } from './rate-limiter.js';

interface Waiter {
  readonly start: () => void;
  readonly fail: (error: unknown) => void;
}

/** One seller account's part in the places of all processes: who waits here, and the places that were taken for them. */
export class SharedBudget {
  readonly #queue: LaneQueue<Waiter>;
  #waiting = 0;
  #isServing = false;
  #pausing: Promise<void> | undefined;
  #wake = () => {};
  /** Whether somebody had to wait since the queue was empty. */
  #isBehind = false;

  /** @param leave called when nobody waits here any more */
  constructor(
    private readonly key: string,
    private readonly store: PlaceStore,
    private readonly clock: Clock,
    laneShare: number,
    private readonly leave: () => void,
  ) {
    this.#queue = new LaneQueue(laneShare);
  }

  get waiting(): number {
    return this.#waiting;
  }

  acquire(lane: Lane, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted) return Promise.reject(signal.reason);
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const settle = (how: () => void) => {
      signal?.removeEventListener('abort', giveUp);
      this.#waiting -= 1;
      if (this.#waiting === 0) this.#wake();
      how();
    };
    const waiter = { start: () => settle(resolve), fail: (error: unknown) => settle(() => reject(error)) };
    const giveUp = () => {
      this.#queue.remove(lane, waiter);
      waiter.fail(signal?.reason);
    };
    signal?.addEventListener('abort', giveUp, { once: true });
    this.#queue.add(lane, waiter);
    this.#waiting += 1;
    void this.#serve();
    return promise;
  }

  /** Known here at once, and by all when the store has it. Whoever comes next is told if that fails. */
  pause(forMs: number): void {
    if (!(forMs > 0)) return;
    const written = Promise.all([this.#pausing, this.store.pause(this.key, forMs)]).then(() => {});
    // reported where it is awaited, which may be later than it fails
    written.catch(() => {});
    this.#pausing = written;
    void this.#serve();
  }

  async #serve(): Promise<void> {
    if (this.#isServing) return;
    this.#isServing = true;
    try {
      // those who come in the same turn share a question to the store
      await new Promise(setImmediate);
      while (this.#waiting > 0 || this.#pausing) await this.#round();
    } catch (error) {
      for (let next = this.#queue.take(); next; next = this.#queue.take()) next.fail(error);
    }
    this.#isServing = false;
    this.#isBehind = false;
    this.leave();
  }

  /** Takes places, waits for each, and gives it to whoever is next by then. */
  async #round(): Promise<void> {
    while (this.#pausing) {
      const pausing = this.#pausing;
      this.#pausing = undefined;
      await pausing;
    }
    if (this.#waiting === 0) return;
    // ten that start together have the next ten start together, and whoever comes in between waits for nearly a second
    const isSpread = this.#isBehind && !this.#queue.isWaiting('interactive');
    const waits = await this.store.take(this.key, this.#waiting, isSpread);
    const takenAt = this.clock.now();
    this.#isBehind ||= waits.some((waitMs) => waitMs > 0);
    for (const waitMs of waits) {
      const restMs = takenAt + waitMs - this.clock.now();
      if (restMs > 0) await this.#sleep(restMs);
      if (this.#waiting === 0) return;
      // a pause that began meanwhile makes the place void: whoever waits takes another after it
      if (this.#pausing || (restMs > 0 && (await this.store.usage(this.key)).pausedForMs > 0)) return;
      this.#queue.take()?.start();
    }
  }

  /** Less long when nobody waits any more: no timer outlives the work. */
  async #sleep(ms: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const cancelTimer = this.clock.after(ms, resolve);
    this.#wake = resolve;
    await promise;
    cancelTimer();
  }
}

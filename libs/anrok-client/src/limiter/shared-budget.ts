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
  /** When the places may be used that were taken for those who have given up: a place that is lost is lost to all. */
  #kept: readonly number[] = [];
  /** Whether somebody had to wait since the queue was empty. */
  #isBehind = false;

  constructor(
    private readonly key: string,
    private readonly store: PlaceStore,
    private readonly clock: Clock,
    laneShare: number,
  ) {
    this.#queue = new LaneQueue(laneShare);
  }

  get waiting(): number {
    return this.#waiting;
  }

  /** Nothing here matters any more: nobody waits, no place is kept. */
  get isIdle(): boolean {
    return !this.#isServing && this.#keptPlaces().length === 0;
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
  }

  /** Takes places, waits for each, and gives it to whoever is next by then. */
  async #round(): Promise<void> {
    while (this.#pausing) {
      const pausing = this.#pausing;
      this.#pausing = undefined;
      await pausing;
    }
    if (this.#waiting === 0) return;
    const kept = this.#keptPlaces();
    this.#kept = [];
    const places = kept.length > 0 ? kept : await this.#take();
    for (const [index, place] of places.entries()) {
      const hasToWait = place > this.clock.now();
      this.#isBehind ||= hasToWait;
      await this.#sleepUntil(place);
      if (this.#waiting === 0) {
        this.#kept = places.slice(index);
        return;
      }
      // a pause that began meanwhile makes the place void: whoever waits takes another after it
      if (this.#pausing || (hasToWait && (await this.store.usage(this.key)).pausedForMs > 0)) return;
      this.#queue.take()?.start();
    }
  }

  async #take(): Promise<readonly number[]> {
    // ten that start together have the next ten start together, and whoever comes in between waits for nearly a second
    const isSpread = this.#isBehind && !this.#queue.isWaiting('interactive');
    const waits = await this.store.take(this.key, this.#waiting, isSpread);
    const takenAt = this.clock.now();
    return waits.map((waitMs) => takenAt + waitMs);
  }

  /** One whose time has come is over: it may be another's a window after that, however late it is used. */
  #keptPlaces(): readonly number[] {
    return this.#kept.filter((place) => place > this.clock.now());
  }

  /** Less long when nobody waits any more: no timer outlives the work. */
  async #sleepUntil(time: number): Promise<void> {
    // woken by the last one who gave up, but somebody may have come in the same turn
    while (this.#waiting > 0 && this.clock.now() < time) {
      const { promise, resolve } = Promise.withResolvers<void>();
      const cancelTimer = this.clock.after(time - this.clock.now(), resolve);
      this.#wake = resolve;
      await promise;
      cancelTimer();
    }
  }
}

import type { Clock } from '../limiter/clock.js';
import type { PlaceStore, PlaceUsage } from '../limiter/place-store.js';

/** The places of several limiters of one process, as if they were several processes. */
export class InMemoryPlaceStore implements PlaceStore {
  readonly #freeAt = new Map<string, number[]>();
  readonly #pausedUntil = new Map<string, number>();
  /** What `take` throws, while set. */
  failure: Error | undefined;

  constructor(
    private readonly clock: Clock,
    private readonly places: number,
    private readonly windowMs = 1_000,
  ) {}

  async take(key: string, atMost: number, isSpread = false): Promise<readonly number[]> {
    if (this.failure) throw this.failure;
    const now = this.clock.now();
    const freeAt = (this.#freeAt.get(key) ?? Array<number>(this.places).fill(-Infinity)).toSorted((a, b) => a - b);
    const spreadFrom = isSpread ? Math.max(...freeAt) - this.windowMs + Math.floor(this.windowMs / this.places) : 0;
    const count = isSpread ? 1 : Math.max(1, Math.min(atMost, freeAt.filter((at) => at <= now).length));
    const taken = freeAt.splice(0, count).map((at) => Math.max(at, now, spreadFrom, this.#pausedUntil.get(key) ?? 0));
    this.#freeAt.set(key, [...freeAt, ...taken.map((at) => at + this.windowMs)]);
    return taken.map((at) => at - now);
  }

  async pause(key: string, forMs: number): Promise<void> {
    this.#pausedUntil.set(key, Math.max(this.#pausedUntil.get(key) ?? 0, this.clock.now() + forMs));
  }

  async usage(key: string): Promise<PlaceUsage> {
    const now = this.clock.now();
    return {
      limit: this.places,
      taken: (this.#freeAt.get(key) ?? []).filter((at) => at > now).length,
      pausedForMs: Math.max(0, (this.#pausedUntil.get(key) ?? 0) - now),
    };
  }
}

/**
 * For so long a place may be used after it has come. Whoever starts later may meet those whose places are a second
 * behind; limiters leave a margin of more than that.
 */
const KEEPS_MS = 10;

/** A place in the limit that was asked for before its call is known. For one call, and to be given up in the end. */
export class ReservedPlace {
  readonly #controller = new AbortController();
  readonly #cameAt: Promise<number>;
  readonly #now: () => number;
  #isTaken = false;

  /** @param acquire as RateLimiter.acquire; asked at once */
  constructor(acquire: (signal: AbortSignal) => Promise<void>, now: () => number) {
    this.#now = now;
    this.#cameAt = acquire(this.#controller.signal).then(now);
    // whoever takes the place is told
    this.#cameAt.catch(() => {});
  }

  /**
   * Waits for the place. False when it came too long ago, or somebody has taken it: another one has to be asked for.
   *
   * @throws what the limiter throws
   */
  async take(): Promise<boolean> {
    if (this.#isTaken) return false;
    this.#isTaken = true;
    const cameAt = await this.#cameAt;
    return this.#now() - cameAt <= KEEPS_MS;
  }

  /** No longer waits for the place. One that has come and was not taken is lost. */
  giveUp(): void {
    this.#controller.abort();
  }
}

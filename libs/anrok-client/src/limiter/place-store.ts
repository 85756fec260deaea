/**
 * The places of all processes together, for SharedRateLimiter: at most so many starts a second and key. Milliseconds are
 * counted from the call, so that the clocks of the processes don't have to agree.
 */
export interface PlaceStore {
  /**
   * Takes the places that are free now, at most so many, or else the next one to be free.
   *
   * @param isSpread takes one, as far behind the one that was last taken as places are apart when they are spread evenly;
   * a store may disregard it where its places come round so fast that nobody notices
   * @returns in how many milliseconds each may be used, the first first; at least one
   */
  take(key: string, atMost: number, isSpread: boolean): Promise<readonly number[]>;

  /** No place for anybody for so long. A longer pause that already runs stays. */
  pause(key: string, forMs: number): Promise<void>;

  /** How busy all processes are together. */
  usage(key: string): Promise<PlaceUsage>;
}

export interface PlaceUsage {
  readonly limit: number;
  readonly taken: number;
  /** How long a pause still runs; 0 when there is none. */
  readonly pausedForMs: number;
}

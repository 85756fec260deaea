/**
 * The places of all processes together, for SharedRateLimiter: at most so many starts a second and key. Milliseconds are
 * counted from the call, so that the clocks of the processes don't have to agree.
 */
export interface PlaceStore {
  /**
   * Takes the places that are free now, at most so many, or else the next one to be free.
   *
   * @returns in how many milliseconds each may be used, the first first; at least one
   */
  take(key: string, atMost: number): Promise<readonly number[]>;

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

/**
 * Who waits: `interactive` is a person before a screen, `record` a document on its way to Anrok, `bulk` a resync or a
 * report.
 */
export type Lane = 'interactive' | 'record' | 'bulk';

/**
 * Gives out places for requests. Anrok's limit is per seller account and over all processes, so an implementation may
 * share its budget through a database; what it throws reaches the client's caller as it is.
 */
export interface RateLimiter {
  /**
   * Resolves when one request may start, and takes that place.
   *
   * @param key the seller account; never a secret
   * @param signal gives the wait up: rejects with the signal's reason and takes no place
   */
  acquire(key: string, lane: Lane, signal?: AbortSignal): Promise<void>;

  /** No place for anybody for so long: Anrok answered 429. A longer pause that already runs stays. */
  pause(key: string, forMs: number): void;

  /** How busy an account is at the moment, for people. Absent where an implementation can't tell. */
  usage?(key: string): Promise<LimitUsage>;
}

export interface LimitUsage {
  /** Places in a second. */
  readonly limit: number;
  /** How many of them are taken. */
  readonly taken: number;
  /** Requests that wait for a place. */
  readonly waiting: number;
  /** Milliseconds that a pause still takes; 0 when there is none. */
  readonly pausedForMs: number;
}

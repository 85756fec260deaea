/** Time as the rate limiter sees it. */
export interface Clock {
  /** Milliseconds since any fixed moment; never goes back. */
  now(): number;
  /** Runs once after at least so many milliseconds; the answer calls it off. */
  after(ms: number, run: () => void): () => void;
}

/** setTimeout fires at once when asked for more. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/**
 * The process's monotonic clock: a corrected wall clock must not open or close a window. Its timers keep the process
 * alive, and the limiter has one only while somebody waits.
 */
export const systemClock: Clock = {
  now: () => performance.now(),
  after(ms, run) {
    const timer = setTimeout(run, Math.min(Math.ceil(ms), LONGEST_TIMER_MS));
    return () => clearTimeout(timer);
  },
};

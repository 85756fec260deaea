const SECOND = 1_000;
const HOUR = 3_600 * SECOND;

const FIRST_DELAY_MS = 5 * SECOND;
const FACTOR = 4;
const CEILING_MS = 8 * HOUR;
const GIVE_UP_AFTER_MS = 72 * HOUR;

const GONE = 410;

export interface FailedDelivery {
  /** How many tries there were, this one included. */
  readonly attempts: number;
  readonly firstFailedAt: Date;
  readonly now: Date;
  /** What the endpoint answered, if it did. */
  readonly httpStatus?: number;
  /** Between 0 and 1; spreads the retries of what failed at once. */
  readonly jitter: number;
}

export type Redelivery = { readonly status: 'retrying'; readonly at: Date } | { readonly status: 'failed' };

/**
 * What comes after a try that failed: about 5 s, 20 s, 80 s, 5 min, 21 min, 85 min, 6 h and from then on 8 h later,
 * a fifth more or less, and no more than three days after the first failure. An endpoint that answers 410 wants no
 * retry.
 */
export function decideRedelivery({ attempts, firstFailedAt, now, httpStatus, jitter }: FailedDelivery): Redelivery {
  if (httpStatus === GONE) return { status: 'failed' };
  // 4^20 times anything is beyond the ceiling
  const full = Math.min(CEILING_MS, FIRST_DELAY_MS * FACTOR ** Math.min(attempts - 1, 20));
  const at = now.getTime() + Math.floor(full * (0.8 + jitter * 0.4));
  return at <= firstFailedAt.getTime() + GIVE_UP_AFTER_MS
    ? { status: 'retrying', at: new Date(at) }
    : { status: 'failed' };
}

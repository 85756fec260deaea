/** When a 429 doesn't say how long: Anrok's limit is per second. */
const DEFAULT_MS = 1000;

/** A nonsensical header must not hold a seller account for a day. */
const LONGEST_MS = 60_000;

/**
 * How long a 429 asks to wait, in milliseconds, from 1 to 60,000: its Retry-After in seconds, or as an HTTP date,
 * which is measured against the answer's own Date header, so that no two clocks must agree. Else a second.
 */
export function retryAfterMs(headers: Readonly<Record<string, string | undefined>>): number {
  const text = headers['retry-after']?.trim() ?? '';
  const ms = /^\d+(\.\d+)?$/.test(text) ? Number(text) * 1000 : Date.parse(text) - Date.parse(headers['date'] ?? '');
  return ms > 0 ? Math.ceil(Math.min(ms, LONGEST_MS)) : DEFAULT_MS;
}

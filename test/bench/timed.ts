import { setTimeout as pause } from 'node:timers/promises';
import type { Measurement } from './row.ts';
import { percentile } from './statistics.ts';

/** How many milliseconds a call takes, so many times one after the other: the p50, and the p99 beside it. */
export function timed(call: () => Promise<unknown>, times: number): Promise<Measurement> {
  return repeated(times, async () => {
    const startedAt = performance.now();
    await call();
    return performance.now() - startedAt;
  });
}

/**
 * The same for who measures by himself.
 *
 * @param measure answers milliseconds
 * @param restMs between two: lets whatever one leaves behind come to its end, outside of what is measured
 */
export async function repeated(times: number, measure: () => Promise<number>, restMs = 0): Promise<Measurement> {
  const durations: number[] = [];
  for (let index = 0; index < times; index++) {
    durations.push(await measure());
    await pause(restMs);
  }
  return { value: percentile(durations, 50), also: { 'p99 ms': percentile(durations, 99) } };
}

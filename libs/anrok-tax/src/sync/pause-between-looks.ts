import type { WorkerOptions } from '../options/anrok-tax.options.js';

/** How many times longer than the first the pauses of a worker become that nobody tells of work. */
const MOST_TIMES_LONGER = 8;

export interface Idleness {
  /** Whether every process tells of the work that it leaves. */
  readonly isTold: boolean;
  /** Milliseconds until something that is known becomes due; Infinity for nothing. */
  readonly dueInMs: number;
  /** How many looks in a row found nothing. */
  readonly fruitless: number;
}

/**
 * Milliseconds until a worker looks again by itself. What is due and was not claimed is locked by somebody: no reason to
 * look without a pause. Who is not told of work looks ever less often while there is none.
 */
export function pauseBetweenLooks(
  { isTold, dueInMs, fruitless }: Idleness,
  { pollIntervalMs, idleIntervalMs }: Pick<WorkerOptions, 'pollIntervalMs' | 'idleIntervalMs'>,
): number {
  const patienceMs = isTold
    ? idleIntervalMs
    : pollIntervalMs * Math.min(2 ** Math.min(fruitless, 10), MOST_TIMES_LONGER);
  return Math.max(pollIntervalMs, Math.min(dueInMs, patienceMs, idleIntervalMs));
}

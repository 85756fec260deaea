import type { MinorUnits } from '@anrok-nest/tax';

/** A stretch of an invoice line's amount, in minor units: `0 <= from < to <= amount`. */
export type Interval = readonly [from: MinorUnits, to: MinorUnits];

/**
 * The part of an invoice line that a credit takes back, as stretches of the line's amount that no other credit has.
 *
 * Anrok rounds the tax of every line. Rounded on their own, three credits of a third each can give back a cent more
 * than was charged. As stretches they can't: the tax of `[from, to]` is the tax on `to` less the tax on `from`, so that
 * over stretches that don't overlap the rounding cancels out, and over all of the line it is exactly what was charged.
 *
 * @param amount of the invoice's line
 * @param taken by other credits of the line
 * @param wanted how much to take back, above zero
 * @returns undefined when not so much is left
 */
export function takeIntervals(
  amount: MinorUnits,
  taken: readonly Interval[],
  wanted: MinorUnits,
): Interval[] | undefined {
  const free: [MinorUnits, MinorUnits][] = [];
  let end = 0;
  for (const [from, to] of taken.toSorted(([a], [b]) => a - b)) {
    if (from > end) free.push([end, from]);
    end = Math.max(end, to);
  }
  if (end < amount) free.push([end, amount]);

  const found: Interval[] = [];
  let missing = wanted;
  for (const [from, to] of free) {
    if (missing === 0) break;
    const length = Math.min(missing, to - from);
    found.push([from, from + length]);
    missing -= length;
  }
  return missing === 0 ? found : undefined;
}

export function lengthOf(intervals: readonly Interval[]): MinorUnits {
  return intervals.reduce((sum, [from, to]) => sum + to - from, 0);
}

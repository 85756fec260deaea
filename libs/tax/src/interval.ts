import { Decimal } from './decimal.js';
import { type MinorUnits, roundToMinorUnits, sumOf } from './money.js';

/**
 * A part of an amount, as a stretch of the way from 0 to its last minor unit: `0 <= from < to <= amount`.
 *
 * Credit notes take stretches that don't overlap. Rounded on their own, three credits of a third each can give back a
 * cent more tax than was charged. As stretches they can't: the tax of `[from, to]` is the tax on `to` less the tax on
 * `from`, so the rounding cancels out, and over all of the amount it is exactly what was charged.
 */
export type Interval = readonly [from: MinorUnits, to: MinorUnits];

/** What is left of an amount, from its beginning on. What was taken of a larger one may lie beyond its end. */
export function gapsIn(amount: MinorUnits, taken: readonly Interval[]): Interval[] {
  const sorted = taken.toSorted(([a], [b]) => a - b);
  const starts = [0, ...sorted.map(([, to]) => to)];
  const ends = [...sorted.map(([from]) => Math.min(from, amount)), amount];
  return starts.map((from, index) => [from, ends[index]!] as const).filter(([from, to]) => from < to);
}

export function lengthOf(intervals: readonly Interval[]): MinorUnits {
  return sumOf(intervals.map(([from, to]) => to - from));
}

/** The first so many minor units of some intervals, or all when there are fewer. */
export function firstOf(intervals: readonly Interval[], length: MinorUnits): Interval[] {
  let left = length;
  return intervals.flatMap(([from, to]) => {
    const taken = Math.min(left, to - from);
    left -= taken;
    return taken > 0 ? [[from, from + taken] as const] : [];
  });
}

/**
 * The part of a tax that stands on intervals of its amount. The tax up to any point is rounded, and an interval has what
 * lies between its ends: whatever intervals an amount is cut into, their taxes add up to the whole exactly.
 */
export function taxOn(intervals: readonly Interval[], tax: MinorUnits, amount: MinorUnits): MinorUnits {
  // 20 places are exact enough: between a half and its neighbour lies at least 1 / (2 × amount)
  const upTo = (point: MinorUnits) => roundToMinorUnits(new Decimal(tax).times(point).dividedBy(amount));
  return sumOf(intervals.map(([from, to]) => upTo(to) - upTo(from)));
}

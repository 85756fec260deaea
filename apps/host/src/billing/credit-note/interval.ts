import { Decimal, type MinorUnits, roundToMinorUnits, sumOf } from '@anrok-nest/tax';

/**
 * A part of a fee, whose amount is a line from 0 to its last minor unit: from here to there. Credit notes take parts
 * that don't overlap, so that what they take can't exceed the fee, and neither can its tax.
 */
export type Interval = readonly [from: MinorUnits, to: MinorUnits];

/** What is left of an amount, from its beginning on. */
export function gapsIn(amount: MinorUnits, taken: readonly Interval[]): Interval[] {
  const sorted = taken.toSorted(([a], [b]) => a - b);
  const starts = [0, ...sorted.map(([, to]) => to)];
  const ends = [...sorted.map(([from]) => from), amount];
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
 * The part of a fee's tax that stands on intervals of its amount. The tax up to any point is rounded, and an interval
 * has what lies between its ends: whatever intervals a fee is cut into, their taxes add up to the fee's exactly.
 */
export function taxOn(intervals: readonly Interval[], tax: MinorUnits, amount: MinorUnits): MinorUnits {
  // 20 places are exact enough: between a half and its neighbour lies at least 1 / (2 × amount)
  const upTo = (point: MinorUnits) => roundToMinorUnits(new Decimal(tax).times(point).dividedBy(amount));
  return sumOf(intervals.map(([from, to]) => upTo(to) - upTo(from)));
}

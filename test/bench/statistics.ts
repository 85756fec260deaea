/** The value below which so many of a hundred lie, by the nearest rank. @throws RangeError where there are none */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const found = sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)];
  if (found === undefined) throw new RangeError('Nothing was measured.');
  return found;
}

/** @throws RangeError where there are none */
export function median(values: readonly number[]): number {
  return percentile(values, 50);
}

/** `████░░░░  150 of 4,210  ·  148 synced`: how far something is. Without a total, there is no bar. */
export function progressLine(done: number, total: number | null, rest: readonly string[], width: number): string {
  const count = new Intl.NumberFormat('en');
  const numbers = total === null ? `${count.format(done)} done` : `${count.format(done)} of ${count.format(total)}`;
  const parts = [numbers, ...rest].join(' · ');
  if (total === null) return parts;
  // more may be done than was counted beforehand
  const share = total === 0 ? 1 : Math.min(1, done / total);
  const full = Math.floor(share * width);
  return `${'█'.repeat(full)}${'░'.repeat(width - full)}  ${parts}`;
}

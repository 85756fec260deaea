const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1_000],
] as const;

/** A span of time in its largest unit, rounded down: `3 hours`, `250 ms`. */
export function toDuration(ms: number): string {
  const [name, size] = UNITS.find(([, each]) => ms >= each) ?? [];
  if (!name || !size) return `${Math.max(0, Math.round(ms))} ms`;
  const count = Math.floor(ms / size);
  return `${count} ${name}${count === 1 ? '' : 's'}`;
}

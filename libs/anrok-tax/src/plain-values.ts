/** A moment as a driver hands it out past the unit of work: PostgreSQL's as text, SQLite's as milliseconds. */
export type PlainDate = string | number | Date;

export function toDate(value: PlainDate): Date;
export function toDate(value: PlainDate | null): Date | null;
export function toDate(value: PlainDate | null): Date | null {
  return value === null ? null : new Date(value);
}

/** JSON, read already or not, as the driver likes. */
export type PlainJson<Value> = string | Value;

export function toJson<Value extends object>(value: PlainJson<Value> | null): Value | null {
  return typeof value === 'string' ? (JSON.parse(value) as Value) : value;
}

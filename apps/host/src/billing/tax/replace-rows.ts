import type { Collection } from '@mikro-orm/core';

/** Leaves the rows alone when they say the same already, so that they keep their ids. */
export function replaceRows<Row extends object>(
  rows: Collection<Row>,
  wanted: readonly Partial<Row>[],
  Row: new () => Row,
): void {
  const says = (row: Row, values: Partial<Row>) =>
    (Object.keys(values) as (keyof Row)[]).every((key) => (row[key] ?? null) === values[key]);
  const present = rows.getItems();
  if (present.length === wanted.length && present.every((row, index) => says(row, wanted[index]!))) return;
  rows.set(wanted.map((values) => Object.assign(new Row(), values)));
}

import { type SqlEntityManager, SqlitePlatform } from '@mikro-orm/sql';

/** Types of PostgreSQL's, by the name of a value. */
export type ValueTypes = Readonly<Record<string, 'uuid' | 'text' | 'int' | 'bigint' | 'timestamptz' | 'jsonb'>>;

/** JSON as its text. */
export type SqlValue = string | number | Date | null;

/**
 * Rows that a statement works with, as `from (values …) as <alias>`. Both databases call their columns column1, column2
 * and so on. PostgreSQL takes whatever stands there for text and has to be told what it is; SQLite has no types that
 * would matter.
 *
 * @returns how the statement names the values
 */
export function valueColumns<Types extends ValueTypes>(
  em: SqlEntityManager,
  alias: string,
  types: Types,
): Record<keyof Types, string> {
  const isTyped = !(em.getPlatform() instanceof SqlitePlatform);
  const columns = Object.entries(types).map(
    ([name, type], index) => [name, `${alias}.column${index + 1}${isTyped ? `::${type}` : ''}`] as const,
  );
  return Object.fromEntries(columns) as Record<keyof Types, string>;
}

/** The rows themselves: places for their values, and the values in the order of the types. */
export function valueRows<Types extends ValueTypes>(
  types: Types,
  rows: readonly Readonly<Record<keyof Types, SqlValue>>[],
): { readonly places: string; readonly values: readonly SqlValue[] } {
  const names: (keyof Types)[] = Object.keys(types);
  const place = `(${names.map(() => '?').join(', ')})`;
  return {
    places: rows.map(() => place).join(', '),
    values: rows.flatMap((row) => names.map((name) => row[name])),
  };
}

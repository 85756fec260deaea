import type { SqlEntityManager } from '@mikro-orm/sql';

/** Of a row, by column. JSON as its text. */
export type ColumnValues = Readonly<Record<string, string | number | Date | null>>;

/**
 * Inserts rows of the same columns in one statement, past the unit of work: what every document writes has to cost as
 * little as it can.
 *
 * @param key whoever is there with the same values in these columns gets those of all others, but for its id
 */
export async function insertRows(
  em: SqlEntityManager,
  table: string,
  rows: readonly ColumnValues[],
  key: readonly string[] = [],
): Promise<void> {
  if (rows.length === 0) return;
  const columns = Object.keys(rows[0]!);
  const places = `(${columns.map(() => '?').join(', ')})`;
  const others = columns.filter((column) => column !== 'id' && !key.includes(column));
  const instead = others.map((column) => `${column} = excluded.${column}`).join(', ');
  await em.execute(
    `insert into ${table} (${columns.join(', ')}) values ${rows.map(() => places).join(', ')}
     ${key.length > 0 ? `on conflict (${key.join(', ')}) do update set ${instead}` : ''}`,
    rows.flatMap((row) => columns.map((column) => row[column])),
    'run',
  );
}

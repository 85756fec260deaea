import type { EntityName } from '@mikro-orm/core';
import type { SelectQueryBuilder, SqlEntityManager } from '@mikro-orm/sql';

/**
 * What a query finds of an entity's own columns, under the names of its properties, as the driver has it. Of rows that
 * are only looked at: an entity is several times as large.
 *
 * The client of PostgreSQL tells a query's end by a function that it assigns to a property. V8 takes those for
 * long-lived and places them where it collects rarely, and all that they reach, which is every row, stays until then.
 * Emptied, the answer can go with the rest.
 */
export async function plainRows<Row>(
  em: SqlEntityManager,
  entity: EntityName<object>,
  query: Pick<SelectQueryBuilder<object>, 'execute'>,
): Promise<Row[]> {
  const answer = await query.execute<object[]>('all', false);
  const driver = em.getDriver();
  const meta = em.getMetadata().get(entity);
  const rows = answer.map((row) => driver.mapResult(row, meta) as Row);
  answer.length = 0;
  return rows;
}

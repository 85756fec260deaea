import type { ItemReference } from '@anrok-nest/tax';
import type { EntityManager } from '@mikro-orm/core';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { EVERY, type ItemMapping } from '../mapping/item-mapping.js';

/** Databases take only so many values in a query. */
const MOST_IDS = 1_024;

/** A part of a `where`, and what stands for its question marks. */
interface Condition {
  readonly sql: string;
  readonly values: readonly string[];
}

/** The columns of the mapping table, by their names there. */
export interface MappingColumns {
  readonly item_type: string;
  readonly item_id: string;
  readonly product_external_id: string;
}

/** The lines of a connection's mapping table that can be about these items; some that are about others too. */
export async function mappingsOf(
  em: EntityManager,
  connectionId: string,
  items: readonly ItemReference[],
): Promise<ItemMapping[]> {
  const found: ItemMapping[] = [];
  for (const about of aboutItems(items)) found.push(...(await readMappings(em, connectionId, about)));
  return found;
}

/** One condition on the mapping table, or several where the items are too many for one. The first one has the fallback. */
export function aboutItems(items: readonly ItemReference[]): [Condition, ...Condition[]] {
  const types = [...new Set([EVERY, ...items.map(({ type }) => type)])];
  const ids = [...new Set([EVERY, ...items.map(({ id }) => id)])];
  const typesInFull = inFull(types);
  const about = (from: number): Condition => {
    const some = inFull(ids.slice(from, from + MOST_IDS));
    return {
      sql: `mapping.item_type in (${marks(typesInFull)}) and mapping.item_id in (${marks(some)})`,
      values: [...typesInFull, ...some],
    };
  };
  const rest = Array.from({ length: Math.ceil(ids.length / MOST_IDS) - 1 }, (_, index) => (index + 1) * MOST_IDS);
  return [about(0), ...rest.map(about)];
}

export function toItemMapping({ item_type, item_id, product_external_id }: MappingColumns): ItemMapping {
  return { itemType: item_type, itemId: item_id, productExternalId: product_external_id };
}

/** As plain rows: entities are made for none of them. Joins the caller's transaction. */
export async function readMappings(
  em: EntityManager,
  connectionId: string,
  { sql, values }: Condition,
): Promise<ItemMapping[]> {
  const rows = await (em as SqlEntityManager).execute<MappingColumns[]>(
    `select item_type, item_id, product_external_id from anrok_item_mapping mapping where connection_id = ? and ${sql}`,
    [connectionId, ...values],
  );
  return rows.map(toItemMapping);
}

/** As many as the next power of two, the last one again and again: few texts do for all statements. */
function inFull(values: readonly string[]): readonly string[] {
  const wanted = 2 ** Math.ceil(Math.log2(values.length));
  return [...values, ...Array<string>(wanted - values.length).fill(values.at(-1)!)];
}

function marks(values: readonly string[]): string {
  return values.map(() => '?').join(', ');
}

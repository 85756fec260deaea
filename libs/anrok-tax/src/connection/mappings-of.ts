import type { ItemReference } from '@anrok-nest/tax';
import type { EntityManager } from '@mikro-orm/core';
import { EVERY, type ItemMapping } from '../mapping/item-mapping.js';
import { ItemMappingRow } from './item-mapping.entity.js';

/** Databases take only so many values in a query. */
const MOST_IDS = 1_000;

/** The lines of a connection's mapping table that can be about these items; some that are about others too. */
export async function mappingsOf(
  em: EntityManager,
  connectionId: string,
  items: readonly ItemReference[],
): Promise<ItemMapping[]> {
  const types = [...new Set(items.map(({ type }) => type)), EVERY];
  const ids = [...new Set(items.map(({ id }) => id)), EVERY];
  const found: ItemMapping[] = [];
  for (let start = 0; start < ids.length; start += MOST_IDS) {
    const itemId = { $in: ids.slice(start, start + MOST_IDS) };
    const where = { connection: connectionId, itemType: { $in: types }, itemId };
    found.push(...(await em.find(ItemMappingRow, where, { refresh: true })));
  }
  return found;
}

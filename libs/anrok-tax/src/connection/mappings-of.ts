import type { ItemReference } from '@anrok-nest/tax';
import type { EntityManager } from '@mikro-orm/core';
import { EVERY, type ItemMapping } from '../mapping/item-mapping.js';
import { ItemMappingRow } from './item-mapping.entity.js';

/** The lines of a connection's mapping table that can be about these items; some that are about others too. */
export function mappingsOf(
  em: EntityManager,
  connectionId: string,
  items: readonly ItemReference[],
): Promise<ItemMapping[]> {
  const types = [...new Set(items.map(({ type }) => type)), EVERY];
  const ids = [...new Set(items.map(({ id }) => id)), EVERY];
  return em.find(
    ItemMappingRow,
    { connection: connectionId, itemType: { $in: types }, itemId: { $in: ids } },
    { refresh: true },
  );
}

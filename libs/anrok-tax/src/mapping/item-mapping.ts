import type { ItemReference, TaxableLine } from '@anrok-nest/tax';
import { ItemsNotMappedError } from './mapping.error.js';

/** Stands for "every": `add_on/*` maps all add-ons, and `* / *` is the fallback. */
export const EVERY = '*';

/** One line of a connection's mapping table. */
export interface ItemMapping {
  readonly itemType: string;
  readonly itemId: string;
  readonly productExternalId: string;
}

/**
 * The Anrok product of every line, by line id: the item's own mapping, else that of its whole type, else the fallback.
 *
 * @throws ItemsNotMappedError naming all the items that have none
 */
export function toProducts(
  lines: readonly Pick<TaxableLine, 'id' | 'item'>[],
  mappings: readonly ItemMapping[],
  connection: string,
): ReadonlyMap<string, string> {
  const table = new Map(mappings.map((mapping) => [key(mapping.itemType, mapping.itemId), mapping.productExternalId]));
  const products = new Map<string, string>();
  const unmapped = new Map<string, ItemReference>();
  for (const { id, item } of lines) {
    const product =
      table.get(key(item.type, item.id)) ?? table.get(key(item.type, EVERY)) ?? table.get(key(EVERY, EVERY));
    if (product === undefined) unmapped.set(key(item.type, item.id), item);
    else products.set(id, product);
  }
  if (unmapped.size > 0) throw new ItemsNotMappedError([...unmapped.values()], connection);
  return products;
}

function key(type: string, id: string): string {
  return JSON.stringify([type, id]);
}

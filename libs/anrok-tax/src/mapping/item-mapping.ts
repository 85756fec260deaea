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

/** What a line of the table is about. */
export type MappingKey = Pick<ItemMapping, 'itemType' | 'itemId'>;

/** The product of an item, and which line of the table says so: the item's own, that of its whole type, the fallback. */
export interface MappedProduct {
  readonly productExternalId: string;
  readonly through: 'item' | 'type' | 'fallback';
}

/** Finds an item's product; undefined where no line of the table is about the item. */
export type FindProduct = (item: ItemReference) => MappedProduct | undefined;

/** The one rule by which items find their products. */
export function productFinder(mappings: readonly ItemMapping[]): FindProduct {
  const table = new Map<string, Map<string, string>>();
  for (const { itemType, itemId, productExternalId } of mappings)
    table.set(itemType, (table.get(itemType) ?? new Map()).set(itemId, productExternalId));
  const fallback = table.get(EVERY)?.get(EVERY);
  return ({ type, id }) => {
    const ofType = table.get(type);
    return found(ofType?.get(id), 'item') ?? found(ofType?.get(EVERY), 'type') ?? found(fallback, 'fallback');
  };
}

function found(productExternalId: string | undefined, through: MappedProduct['through']): MappedProduct | undefined {
  return productExternalId === undefined ? undefined : { productExternalId, through };
}

/**
 * The Anrok product of every line, by line id: the item's own mapping, else that of its whole type, else the fallback.
 *
 * @throws ItemsNotMappedError naming all the items that have none
 */
export function toProducts(
  lines: readonly Pick<TaxableLine, 'id' | 'item'>[],
  findProduct: FindProduct,
  connection: string,
): ReadonlyMap<string, string> {
  const products = new Map<string, string>();
  const unmapped = new Map<string, ItemReference>();
  for (const { id, item } of lines) {
    const found = findProduct(item);
    if (found) products.set(id, found.productExternalId);
    else unmapped.set(key(item.type, item.id), item);
  }
  if (unmapped.size > 0) throw new ItemsNotMappedError([...unmapped.values()], connection);
  return products;
}

function key(type: string, id: string): string {
  return JSON.stringify([type, id]);
}

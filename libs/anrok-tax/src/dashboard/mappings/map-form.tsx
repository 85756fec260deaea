import type { ItemMapping, MappingKey } from '../../mapping/item-mapping.js';
import { writeKey } from '../../mapping/mapping-notation.js';
import type { PagePlace } from '../shell/page-place.js';

export interface MapFormProps {
  readonly place: PagePlace;
  /** The connection's. */
  readonly code: string;
  readonly mapped: MappingKey;
  /** What people call it. */
  readonly name: string;
  /** To which it is mapped now. */
  readonly product?: string | undefined;
}

const PRODUCTS = 'known-products';

/** Maps one item, all of a type, or the fallback: in a cell of a table. The page has a `ProductList`. */
export function MapForm({ place, code, mapped, name, product }: MapFormProps) {
  const { itemType, itemId } = writeKey(mapped);
  return (
    <form class="row" method="post" action={place.to(`connections/${code}/mappings`)}>
      <input type="hidden" name="itemType" value={itemType} />
      {itemId === undefined ? '' : <input type="hidden" name="itemId" value={itemId} />}
      <input type="hidden" name="query" value={place.selection} />
      <input
        name="productExternalId"
        value={product}
        list={PRODUCTS}
        required
        autocomplete="off"
        spellcheck="false"
        aria-label={`Product at Anrok for ${name}`}
      />
      <button type="submit" aria-label={`${product === undefined ? 'Map' : 'Change'} ${name}`}>
        {product === undefined ? 'Map' : 'Change'}
      </button>
    </form>
  );
}

/** The products that something is mapped to already: Anrok does not list what it has. */
export function ProductList({ mappings }: { mappings: readonly ItemMapping[] }) {
  const products = [...new Set(mappings.map(({ productExternalId }) => productExternalId))].toSorted();
  return (
    <datalist id={PRODUCTS}>
      {products.slice(0, 500).map((product) => (
        <option value={product} />
      ))}
    </datalist>
  );
}

import { EVERY, type ItemMapping } from '../../mapping/item-mapping.js';
import { DataTable } from '../parts/data-table.js';
import { TextField } from '../parts/field.js';
import type { PagePlace } from '../shell/page-place.js';
import { MapForm } from './map-form.js';

export interface WideMappingsProps {
  readonly place: PagePlace;
  readonly code: string;
  /** Those of whole kinds, and the fallback. */
  readonly mappings: readonly ItemMapping[];
}

/** What holds for items without a mapping of their own: that of their kind, then the fallback. */
export function WideMappings({ place, code, mappings }: WideMappingsProps) {
  const fallback = mappings.find(({ itemType }) => itemType === EVERY);
  const types = mappings.filter(({ itemType }) => itemType !== EVERY);
  return (
    <section aria-labelledby="wide">
      <h2 id="wide">Whole kinds, and the fallback</h2>
      <DataTable label="Mappings of whole kinds" columns={['What', 'Product at Anrok']}>
        {types.map((mapping) => (
          <tr>
            <th scope="row" safe>{`All of ${mapping.itemType}`}</th>
            <td>
              <MapForm
                place={place}
                code={code}
                mapped={mapping}
                name={`all of ${mapping.itemType}`}
                product={mapping.productExternalId}
              />
            </td>
          </tr>
        ))}
        <tr>
          <th scope="row">Everything else (fallback)</th>
          <td>
            <MapForm
              place={place}
              code={code}
              mapped={{ itemType: EVERY, itemId: EVERY }}
              name="everything else"
              product={fallback?.productExternalId}
            />
          </td>
        </tr>
      </DataTable>
      <details class="below">
        <summary>Map a whole kind, or an item that is not listed</summary>
        <form class="fields below" method="post" action={place.to(`connections/${code}/mappings`)}>
          <TextField name="itemType" label="Kind of item" hint="Such as add_on" isRequired />
          <TextField name="itemId" label="Item id" hint="Empty: all of the kind" />
          <TextField name="productExternalId" label="Product at Anrok" list="known-products" isRequired />
          <button type="submit">Map</button>
        </form>
      </details>
    </section>
  );
}

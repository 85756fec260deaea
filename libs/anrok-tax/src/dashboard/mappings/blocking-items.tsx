import type { ItemCoverage } from '../../settings/item-coverage.service.js';
import { DataTable } from '../parts/data-table.js';
import { EmptyState } from '../parts/empty-state.js';
import type { PagePlace } from '../shell/page-place.js';
import { ItemName } from './item-name.js';
import { MapForm } from './map-form.js';

export interface BlockingItemsProps {
  readonly place: PagePlace;
  readonly code: string;
  readonly blocked: readonly ItemCoverage[];
}

/** The items that documents wait for, what blocks most first; mapped here, the documents continue. */
export function BlockingItems({ place, code, blocked }: BlockingItemsProps) {
  return (
    <section aria-labelledby="blocking">
      <h2 id="blocking">What documents wait for</h2>
      {blocked.length === 0 ? (
        <EmptyState title="No document waits for a mapping." />
      ) : (
        <>
          <p class="lead">
            These documents have no tax, because nobody said which product at Anrok the item is, or because Anrok does
            not have the product. Map the item, and they continue by themselves.
          </p>
          <DataTable label="Items that documents wait for" columns={['Item', 'Map to', '#Documents', 'Why']}>
            {blocked.map(({ item, name, product, waitingDocuments }) => (
              <tr>
                <th scope="row">
                  <ItemName item={item} name={name} />
                </th>
                <td>
                  <MapForm
                    place={place}
                    code={code}
                    mapped={{ itemType: item.type, itemId: item.id }}
                    name={`${item.type} ${item.id}, for which documents wait`}
                    product={product?.productExternalId}
                  />
                </td>
                <td class="number">
                  <a
                    href={place.to(`documents?status=waiting&connectionCode=${code}`)}
                    aria-label={`${waitingDocuments} waiting documents`}
                  >
                    {waitingDocuments}
                  </a>
                </td>
                <td safe>{whyOf(product)}</td>
              </tr>
            ))}
          </DataTable>
        </>
      )}
    </section>
  );
}

function whyOf(product: ItemCoverage['product']): string {
  return product ? `Anrok has no product ${product.productExternalId}.` : 'It has no product.';
}

import type { ListCoverageDto } from '../../admin/mapping.dto.js';
import type { Connection } from '../../connection/connection.entity.js';
import { EVERY, type ItemMapping } from '../../mapping/item-mapping.js';
import type { CoveragePage, ItemCoverage } from '../../settings/item-coverage.service.js';
import { ConnectionTabs } from '../connections/connection-tabs.js';
import { DataTable } from '../parts/data-table.js';
import { EmptyState } from '../parts/empty-state.js';
import { TextField } from '../parts/field.js';
import { PageLinks } from '../parts/page-links.js';
import { Layout } from '../shell/layout.js';
import type { PagePlace } from '../shell/page-place.js';
import { BlockingItems } from './blocking-items.js';
import { ItemName } from './item-name.js';
import { MapForm, ProductList } from './map-form.js';
import { WideMappings } from './wide-mappings.js';

export interface MappingsPageProps {
  readonly place: PagePlace;
  readonly connection: Connection;
  readonly form: ListCoverageDto;
  /** What documents wait for. */
  readonly blocked: readonly ItemCoverage[];
  /** What the host sells. */
  readonly page: CoveragePage;
  readonly mappings: readonly ItemMapping[];
}

export function MappingsPage({ place, connection, form, blocked, page, mappings }: MappingsPageProps): string {
  const { code, name } = connection;
  return (
    <Layout place={place} title={name}>
      <ConnectionTabs place={place} code={code} />
      <ProductList mappings={mappings} />
      <BlockingItems place={place} code={code} blocked={blocked} />
      <WideMappings place={place} code={code} mappings={mappings.filter(({ itemId }) => itemId === EVERY)} />
      <section aria-labelledby="items">
        <h2 id="items">What the host sells</h2>
        <form class="fields" method="get" action={place.to(`connections/${code}/mappings`)} role="search">
          <TextField name="search" label="Part of an id or name" value={form.search} isSearch />
          <TextField name="type" label="Kind of item" value={form.type} />
          <label>
            <input type="checkbox" name="uncovered" value="true" checked={form.uncovered === 'true'} /> Without a
            product only
          </label>
          <button type="submit" class="primary">
            Show
          </button>
          <a href={place.to(`connections/${code}/mappings`)}>Reset</a>
        </form>
        {page.items.length === 0 ? (
          <EmptyState title={form.uncovered === 'true' ? 'Every item has a product.' : 'No item fits.'}>
            Items come from the host’s own catalogue.
          </EmptyState>
        ) : (
          <Items place={place} code={code} items={page.items} />
        )}
        <PageLinks place={place} after={form.after} next={page.next} more="More items" />
      </section>
    </Layout>
  ) as string;
}

function Items({ place, code, items }: { place: PagePlace; code: string; items: readonly ItemCoverage[] }) {
  return (
    <DataTable label="Items" columns={['Item', 'Product at Anrok', '#Waiting documents']}>
      {items.map(({ item, name, product, waitingDocuments }) => (
        <tr>
          <th scope="row">
            <ItemName item={item} name={name} />
          </th>
          <td>
            <MapForm
              place={place}
              code={code}
              mapped={{ itemType: item.type, itemId: item.id }}
              name={name ?? item.id}
              product={product?.through === 'item' ? product.productExternalId : undefined}
            />
            {product === null ? <span class="badge attention">no product</span> : ''}
            {product && product.through !== 'item' ? (
              <span class="soft" safe>{`${product.productExternalId}, ${THROUGH[product.through]}`}</span>
            ) : (
              ''
            )}
          </td>
          <td class="number">{waitingDocuments}</td>
        </tr>
      ))}
    </DataTable>
  );
}

const THROUGH = { type: 'as all of its kind', fallback: 'by the fallback' } as const;

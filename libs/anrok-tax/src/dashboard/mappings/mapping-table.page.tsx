import type { ListMappingsDto } from '../../admin/mapping.dto.js';
import type { Connection } from '../../connection/connection.entity.js';
import type { ItemMapping } from '../../mapping/item-mapping.js';
import { writeKey } from '../../mapping/mapping-notation.js';
import type { MappingPage } from '../../settings/item-mapping.service.js';
import { ConnectionTabs } from '../connections/connection-tabs.js';
import { ActionForm } from '../parts/action-form.js';
import { DataTable } from '../parts/data-table.js';
import { EmptyState } from '../parts/empty-state.js';
import { TextField } from '../parts/field.js';
import { PageLinks } from '../parts/page-links.js';
import { toCount } from '../parts/words.js';
import { Layout } from '../shell/layout.js';
import type { PagePlace } from '../shell/page-place.js';
import { ImportForm } from './import-form.js';

export interface MappingTablePageProps {
  readonly place: PagePlace;
  readonly connection: Connection;
  readonly form: ListMappingsDto;
  readonly page: MappingPage;
}

export function MappingTablePage({ place, connection: { code, name }, form, page }: MappingTablePageProps): string {
  const here = `connections/${code}/mappings`;
  return (
    <Layout place={place} title={name}>
      <ConnectionTabs place={place} code={code} />
      <section aria-labelledby="table">
        <h2 id="table" safe>
          {toCount(page.total, 'mapping')}
        </h2>
        <form class="fields" method="get" action={place.to(`${here}/table`)} role="search">
          <TextField name="search" label="Part of an item or product id" value={form.search} isSearch />
          <TextField name="itemType" label="Kind of item" value={form.itemType} />
          <button type="submit" class="primary">
            Show
          </button>
          <a href={place.to(`${here}/table`)}>Reset</a>
        </form>
        {page.mappings.length === 0 ? (
          <EmptyState title="No mapping fits.">
            Map items under <a href={place.to(here)}>Coverage</a>, or bring a file.
          </EmptyState>
        ) : (
          <DataTable label="Mappings" columns={['Kind of item', 'Item', 'Product at Anrok', 'Take out']}>
            {page.mappings.map((mapping) => (
              <MappingRow place={place} here={here} mapping={mapping} />
            ))}
          </DataTable>
        )}
        <PageLinks place={place} after={form.after} next={page.next} more="More mappings" />
      </section>
      <section aria-labelledby="file">
        <h2 id="file">As a file</h2>
        <p>
          <a class="button" href={place.to(`${here}/table/export`)} download="mappings.csv">
            Export all as CSV
          </a>
        </p>
        <ImportForm place={place} code={code} />
      </section>
    </Layout>
  ) as string;
}

function MappingRow({ place, here, mapping }: { place: PagePlace; here: string; mapping: ItemMapping }) {
  const { itemType, itemId } = writeKey(mapping);
  const what = itemId === undefined ? (itemType === 'fallback' ? 'everything else' : 'all of the kind') : itemId;
  return (
    <tr>
      <th scope="row" safe>
        {itemType}
      </th>
      <td>
        {itemId === undefined ? (
          <span class="soft" safe>
            {what}
          </span>
        ) : (
          <code safe>{itemId}</code>
        )}
      </td>
      <td>
        <code safe>{mapping.productExternalId}</code>
      </td>
      <td>
        <ActionForm
          action={place.to(`${here}/remove`)}
          label="Take out"
          tone="danger"
          fields={{ itemType, itemId }}
          confirm="Documents over it go by the mapping of its kind or by the fallback, or wait where there is neither."
        />
      </td>
    </tr>
  );
}

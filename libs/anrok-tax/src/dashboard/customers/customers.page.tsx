import type { ListCustomersDto } from '../../admin/customer.dto.js';
import type { CustomerSummary, CustomerSummaryPage } from '../../settings/customer-overview.read-model.js';
import { DataTable } from '../parts/data-table.js';
import { EmptyState } from '../parts/empty-state.js';
import { TextField } from '../parts/field.js';
import { PageLinks } from '../parts/page-links.js';
import { Layout } from '../shell/layout.js';
import type { PagePlace } from '../shell/page-place.js';

export interface CustomersPageProps {
  readonly place: PagePlace;
  readonly form: ListCustomersDto;
  readonly page: CustomerSummaryPage;
}

export function CustomersPage({ place, form, page }: CustomersPageProps): string {
  return (
    <Layout place={place} title="Customers">
      <form class="fields" method="get" action={place.to('customers')} role="search" aria-label="Customers">
        <TextField name="search" label="Part of an id or name" value={form.search} isSearch />
        <button type="submit" class="primary">
          Show
        </button>
        <a href={place.to('customers')}>Reset</a>
      </form>
      {page.customers.length === 0 ? (
        <EmptyState title="No customer fits.">
          Customers are the host’s; a host that does not show them shows here whom Anrok taxes.
        </EmptyState>
      ) : (
        <DataTable
          label="Customers"
          columns={['Customer', 'Name', 'Taxed by Anrok', 'Connection', 'Id at Anrok', '#Documents not done']}
        >
          {page.customers.map((customer) => (
            <CustomerRow place={place} customer={customer} />
          ))}
        </DataTable>
      )}
      <PageLinks place={place} after={form.after} next={page.next} more="More customers" />
    </Layout>
  ) as string;
}

function CustomerRow({ place, customer }: { place: PagePlace; customer: CustomerSummary }) {
  const { id, name, link, openDocuments } = customer;
  return (
    <tr>
      <th scope="row">
        <a class="id" href={place.to(`customers/${encodeURIComponent(id)}`)} safe>
          {id}
        </a>
      </th>
      <td safe>{name ?? '–'}</td>
      <td>{link ? 'yes' : 'no'}</td>
      <td safe>{link?.connectionCode ?? '–'}</td>
      <td class="id" safe>
        {link?.anrokCustomerId ?? '–'}
      </td>
      <td class="number">{openDocuments}</td>
    </tr>
  );
}

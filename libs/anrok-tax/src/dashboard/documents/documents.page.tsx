import type { ListRecordsDto } from '../../admin/record-filter.dto.js';
import type { Connection } from '../../connection/connection.entity.js';
import type { TaxSyncRecord } from '../../records/tax-sync-record.entity.js';
import { ActionForm } from '../parts/action-form.js';
import { AmountCell } from '../parts/amount.js';
import { DataTable } from '../parts/data-table.js';
import { EmptyState } from '../parts/empty-state.js';
import { LiveRegion } from '../parts/live-region.js';
import { Moment } from '../parts/moment.js';
import { PageLinks } from '../parts/page-links.js';
import { StatusBadge } from '../parts/status-badge.js';
import { KIND_NAMES } from '../parts/words.js';
import { Layout } from '../shell/layout.js';
import type { PagePlace } from '../shell/page-place.js';
import { DocumentFilter } from './document-filter.js';

export interface DocumentsPageProps {
  readonly place: PagePlace;
  readonly filter: ListRecordsDto;
  readonly records: readonly TaxSyncRecord[];
  /** The next page's cursor. */
  readonly next: string | undefined;
  readonly connections: readonly Connection[];
}

export function DocumentsPage({ place, filter, records, next, connections }: DocumentsPageProps): string {
  const isBusy = records.some(({ status }) => status === 'processing' || status === 'pending');
  return (
    <Layout place={place} title="Documents" safeActions={<RetryAll place={place} filter={filter} />}>
      <DocumentFilter place={place} filter={filter} connections={connections} />
      <LiveRegion id="documents" place={place} isBusy={isBusy}>
        {records.length === 0 ? (
          <EmptyState title="No document fits.">
            Documents come here when the host finalizes them for a customer that is linked to Anrok.
          </EmptyState>
        ) : (
          <Documents place={place} records={records} />
        )}
        <PageLinks place={place} after={filter.after} next={next} more="Older documents" />
      </LiveRegion>
    </Layout>
  ) as string;
}

function Documents({ place, records }: Pick<DocumentsPageProps, 'place' | 'records'>) {
  return (
    <form method="post" action={place.to('documents/retry')}>
      <input type="hidden" name="query" value={place.selection} />
      <DataTable
        label="Documents"
        columns={['Choose', 'Document', 'Customer', 'Status', 'Problem', '#Tax', 'Connection', 'Requested']}
      >
        {records.map((record) => (
          <DocumentRow place={place} record={record} />
        ))}
      </DataTable>
      <div class="row below">
        <label>
          <input type="checkbox" data-checks="ids" /> All on this page
        </label>
        <button type="submit">Try the chosen ones again</button>
      </div>
    </form>
  );
}

function DocumentRow({ place, record }: { place: PagePlace; record: TaxSyncRecord }) {
  const { id, documentKind, customerId, status, problem, taxAmount, currency, connection } = record;
  const name = `${KIND_NAMES[documentKind]} ${record.documentNumber ?? record.documentId}`;
  return (
    <tr>
      <td>
        <input type="checkbox" name="ids" value={id} aria-label={`Choose ${name}`} />
      </td>
      <th scope="row">
        <a class="id" href={place.to(`documents/${id}`)} safe>
          {name}
        </a>
      </th>
      <td>
        <span class="id" safe>
          {customerId}
        </span>
      </td>
      <td>
        <StatusBadge status={status} />
      </td>
      <td class="sentence" safe>
        {problem?.message ?? ''}
      </td>
      <AmountCell amount={taxAmount} currency={currency} />
      <td safe>{connection.code}</td>
      <td>
        <Moment at={record.requestedAt} isBrief />
      </td>
    </tr>
  );
}

function RetryAll({ place, filter }: Pick<DocumentsPageProps, 'place' | 'filter'>) {
  const { status, connectionCode, problemCode, kind, customerId, documentId, requestedFrom, requestedTo } = filter;
  return (
    <ActionForm
      action={place.to('documents/retry-all')}
      label="Try all that fit again"
      confirm="Everything that fits the filter and is failed, waiting or retrying is tried again now, also what is on other pages."
      fields={{
        status: status?.join(','),
        connectionCode,
        problemCode,
        kind,
        customerId,
        documentId,
        requestedFrom,
        requestedTo,
      }}
    />
  );
}

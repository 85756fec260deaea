import type { ListRecordsDto } from '../../admin/record-filter.dto.js';
import type { Connection } from '../../connection/connection.entity.js';
import { SYNC_STATUSES } from '../../records/tax-sync-record.entity.js';
import { SelectField, TextField } from '../parts/field.js';
import { KIND_NAMES } from '../parts/words.js';
import type { PagePlace } from '../shell/page-place.js';

export interface DocumentFilterProps {
  readonly place: PagePlace;
  readonly filter: ListRecordsDto;
  readonly connections: readonly Connection[];
}

/** Narrows the list; what is left open does not. */
export function DocumentFilter({ place, filter, connections }: DocumentFilterProps) {
  const { status = [], documentId, customerId, kind, problemCode, connectionCode, requestedFrom, requestedTo } = filter;
  return (
    <form class="fields" method="get" action={place.to('documents')} role="search" aria-label="Documents">
      <fieldset>
        <legend>Status</legend>
        {SYNC_STATUSES.map((one) => (
          <label>
            <input type="checkbox" name="status" value={one} checked={status.includes(one)} /> {one}
          </label>
        ))}
      </fieldset>
      <TextField name="documentId" label="Number or id" value={documentId} isSearch />
      <TextField name="customerId" label="Customer id" value={customerId} />
      <SelectField name="kind" label="Kind" value={kind} options={Object.entries(KIND_NAMES)} />
      <SelectField
        name="connectionCode"
        label="Connection"
        value={connectionCode}
        options={connections.map(({ code, name }) => [code, name] as const)}
      />
      <TextField name="problemCode" label="Problem code" value={problemCode} />
      <TextField name="requestedFrom" label="Requested from" value={requestedFrom} type="date" />
      <TextField name="requestedTo" label="to" value={requestedTo} type="date" />
      <div class="row">
        <button type="submit" class="primary">
          Show
        </button>
        <a href={place.to('documents')}>Reset</a>
      </div>
    </form>
  );
}

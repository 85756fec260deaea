import type { Connection } from '../../connection/connection.entity.js';
import { RESYNC_STATUSES } from '../../resync/resync-filter.js';
import type { ResyncRun } from '../../resync/resync-run.entity.js';
import { DataTable } from '../parts/data-table.js';
import { EmptyState } from '../parts/empty-state.js';
import { SelectField, TextField } from '../parts/field.js';
import { LiveRegion } from '../parts/live-region.js';
import { Moment } from '../parts/moment.js';
import { StatusBadge } from '../parts/status-badge.js';
import { KIND_NAMES } from '../parts/words.js';
import { Layout } from '../shell/layout.js';
import type { PagePlace } from '../shell/page-place.js';
import { describeFilter, STATUS_NAMES } from './resync-words.js';

export interface ResyncsPageProps {
  readonly place: PagePlace;
  readonly runs: readonly ResyncRun[];
  readonly connections: readonly Connection[];
}

export function ResyncsPage({ place, runs, connections }: ResyncsPageProps): string {
  const isBusy = runs.some(({ finishedAt }) => !finishedAt);
  return (
    <Layout place={place} title="Resync">
      <p class="lead">
        Finds what should be at Anrok and is not, also documents whose event got lost, and brings it there. First see
        what it would do: the dry run asks nothing of Anrok and changes nothing.
      </p>
      <PlanForm place={place} connections={connections} />
      <section aria-labelledby="history">
        <h2 id="history">History</h2>
        <LiveRegion id="runs" place={place} isBusy={isBusy}>
          {runs.length === 0 ? (
            <EmptyState title="There was no resync yet.">
              One starts every night by itself, unless it is off.
            </EmptyState>
          ) : (
            <DataTable
              label="Resyncs"
              columns={[
                'Started',
                'Status',
                'What',
                '#Done',
                '#Synced',
                '#Unchanged',
                '#Still failing',
                'By',
                'Finished',
              ]}
            >
              {runs.map((run) => (
                <RunRow place={place} run={run} />
              ))}
            </DataTable>
          )}
        </LiveRegion>
      </section>
    </Layout>
  ) as string;
}

function PlanForm({ place, connections }: Pick<ResyncsPageProps, 'place' | 'connections'>) {
  return (
    <form class="fields" method="get" action={place.to('resyncs/plan')} aria-label="What to resync">
      <fieldset>
        <legend>Which documents</legend>
        {RESYNC_STATUSES.map((status) => (
          <label>
            <input
              type="checkbox"
              name="statuses"
              value={status}
              checked={['failed', 'waiting', 'never_seen'].includes(status)}
            />{' '}
            <span safe>{STATUS_NAMES[status]}</span>
          </label>
        ))}
      </fieldset>
      <SelectField
        name="connection"
        label="Connection"
        options={connections.map(({ code, name }) => [code, name] as const)}
      />
      <SelectField name="kind" label="Kind" options={Object.entries(KIND_NAMES)} />
      <TextField name="problemCode" label="Problem code" />
      <TextField name="from" label="Accounting date from" type="date" />
      <TextField name="to" label="to" type="date" />
      <button type="submit" class="primary">
        Dry run
      </button>
    </form>
  );
}

function RunRow({ place, run }: { place: PagePlace; run: ResyncRun }) {
  const { id, status, filter, done, total, synced, unchanged, requestedBy, startedAt, finishedAt } = run;
  return (
    <tr>
      <th scope="row">
        <a href={place.to(`resyncs/${id}`)}>
          <Moment at={startedAt} />
        </a>
      </th>
      <td>
        <StatusBadge status={status} />
      </td>
      <td safe>{describeFilter(filter)}</td>
      <td class="number" safe>
        {typeof total === 'number' ? `${done} of ${total}` : String(done)}
      </td>
      <td class="number">{synced}</td>
      <td class="number">{unchanged}</td>
      <td class="number">{done - synced}</td>
      <td safe>{requestedBy}</td>
      <td>
        <Moment at={finishedAt} />
      </td>
    </tr>
  );
}

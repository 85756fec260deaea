import type { ResyncAction, ResyncPlan } from '../../resync/plan-tally.js';
import type { ResyncStatus } from '../../resync/resync-filter.js';
import { ActionForm } from '../parts/action-form.js';
import { DataTable } from '../parts/data-table.js';
import { toDuration } from '../parts/duration.js';
import { EmptyState } from '../parts/empty-state.js';
import { ProblemBox } from '../parts/problem-box.js';
import { toCount } from '../parts/words.js';
import { Layout } from '../shell/layout.js';
import type { PagePlace } from '../shell/page-place.js';
import type { ResyncFormDto } from './resync-form.dto.js';
import { describeFilter, STATUS_NAMES } from './resync-words.js';

export interface ResyncPlanPageProps {
  readonly place: PagePlace;
  readonly form: ResyncFormDto;
  readonly plan: ResyncPlan;
}

const ACTIONS: Readonly<Record<ResyncAction, string>> = {
  record: 'would be recorded at Anrok',
  undo: 'would be taken back at Anrok first',
  nothing: 'are at Anrok as they are: nothing to do',
  blocked: 'can’t be synced before something is mended',
};

/** What a resync would do and cost, and the button that does it. */
export function ResyncPlanPage({ place, form, plan }: ResyncPlanPageProps): string {
  const { documents, byAction, byStatus, blocked, calls, durationMs, filter } = plan;
  return (
    <Layout place={place} title="Dry run of a resync">
      <p class="lead" safe>{`${describeFilter(filter)}. Nothing has been changed and nothing asked of Anrok.`}</p>
      {documents === 0 ? (
        <EmptyState title="There is nothing to resync.">No document fits.</EmptyState>
      ) : (
        <>
          <ul class="counts">
            <Figure figure={documents.toLocaleString('en-US')} name="documents" />
            <Figure figure={calls.toLocaleString('en-US')} name="requests to Anrok" />
            <Figure figure={durationMs === 0 ? 'at once' : toDuration(durationMs)} name="at the least" />
          </ul>
          <div class="row below">
            <Start place={place} form={form} documents={documents} />
            <a class="button" href={place.to('resyncs')}>
              Change the choice
            </a>
          </div>
          <section aria-labelledby="actions">
            <h2 id="actions">What it would do</h2>
            <DataTable label="What it would do" columns={['Documents that', '#How many']}>
              {Object.entries(byAction)
                .filter(([, count]) => count > 0)
                .map(([action, count]) => (
                  <tr>
                    <td safe>{ACTIONS[action as ResyncAction]}</td>
                    <td class="number">{count}</td>
                  </tr>
                ))}
            </DataTable>
          </section>
          <section aria-labelledby="standings">
            <h2 id="standings">Where they stand now</h2>
            <DataTable label="Where they stand now" columns={['Status', '#How many']}>
              {Object.entries(byStatus).map(([status, count]) => (
                <tr>
                  <td safe>{STATUS_NAMES[status as ResyncStatus]}</td>
                  <td class="number">{count}</td>
                </tr>
              ))}
            </DataTable>
          </section>
          <Blocked place={place} blocked={blocked} />
        </>
      )}
    </Layout>
  ) as string;
}

function Figure({ figure, name }: { figure: string; name: string }) {
  return (
    <li class="card">
      <strong safe>{figure}</strong> <span safe>{name}</span>
    </li>
  );
}

function Start({ place, form, documents }: { place: PagePlace; form: ResyncFormDto; documents: number }) {
  const { connection, statuses, kind, problemCode, from, to } = form;
  return (
    <ActionForm
      action={place.to('resyncs')}
      label="Start the resync"
      tone="primary"
      fields={{
        connection,
        kind,
        problemCode,
        from,
        to,
        statuses: statuses?.join(','),
        total: String(documents),
      }}
    />
  );
}

function Blocked({ place, blocked }: { place: PagePlace; blocked: ResyncPlan['blocked'] }) {
  const causes = Object.entries(blocked);
  if (causes.length === 0) return <></>;
  return (
    <section aria-labelledby="blocked">
      <h2 id="blocked">What blocks some of them</h2>
      {causes.map(([code, { documents, example }]) => (
        <ProblemBox problem={example}>
          <strong safe>{toCount(documents, 'document')}</strong>
          <a class="button" href={place.to(`documents?problemCode=${encodeURIComponent(code)}`)}>
            Show them
          </a>
        </ProblemBox>
      ))}
    </section>
  );
}

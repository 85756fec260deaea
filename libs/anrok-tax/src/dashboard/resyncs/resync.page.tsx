import type { ResyncRun } from '../../resync/resync-run.entity.js';
import { ActionForm } from '../parts/action-form.js';
import { DataTable } from '../parts/data-table.js';
import { LiveRegion } from '../parts/live-region.js';
import { Moment } from '../parts/moment.js';
import { ProblemBox } from '../parts/problem-box.js';
import { StatusBadge } from '../parts/status-badge.js';
import { Layout } from '../shell/layout.js';
import type { PagePlace } from '../shell/page-place.js';
import { describeFilter } from './resync-words.js';

/** One resync: how far it is, or what came of it. */
export function ResyncPage({ place, run }: { place: PagePlace; run: ResyncRun }): string {
  const { id, status, filter, requestedBy, problem, startedAt, finishedAt } = run;
  return (
    <Layout place={place} title="Resync">
      <LiveRegion id="run" place={place} isBusy={!finishedAt}>
        {problem ? <ProblemBox problem={problem} /> : ''}
        <div class="card">
          <Progress run={run} />
          <dl class="below">
            <dt>Status</dt>
            <dd>
              <StatusBadge status={status} />
            </dd>
            <dt>What</dt>
            <dd safe>{describeFilter(filter)}</dd>
            <dt>Started</dt>
            <dd>
              <Moment at={startedAt} /> <span safe>{`by ${requestedBy}`}</span>
            </dd>
            <dt>Finished</dt>
            <dd>
              <Moment at={finishedAt} />
            </dd>
          </dl>
        </div>
        <Failing place={place} failing={run.failing} />
        <div class="row below">
          {status === 'running' ? (
            <ActionForm
              action={place.to(`resyncs/${id}/cancel`)}
              label="Cancel"
              tone="danger"
              confirm="Nothing more is begun; what is under way is brought to its end."
            />
          ) : (
            ''
          )}
          <a class="button" href={place.to('resyncs')}>
            All resyncs
          </a>
        </div>
      </LiveRegion>
    </Layout>
  ) as string;
}

function Progress({ run: { done, total, synced, unchanged, finishedAt } }: { run: ResyncRun }) {
  const failing = done - synced;
  const passedBy = unchanged > 0 ? `, ${unchanged} of them unchanged` : '';
  const rest = failing > 0 ? `, ${failing} still failing` : '';
  const label = `${typeof total === 'number' ? `${done} of ${total}` : String(done)} done, ${synced} synced${passedBy}${rest}`;
  return (
    <>
      <p id="progress-label" safe>
        {label}
      </p>
      {typeof total === 'number' && total > 0 ? (
        <progress class="wide" aria-labelledby="progress-label" max={total} value={Math.min(done, total)} />
      ) : finishedAt ? (
        ''
      ) : (
        <progress class="wide" aria-labelledby="progress-label" />
      )}
    </>
  );
}

function Failing({ place, failing }: { place: PagePlace; failing: ResyncRun['failing'] }) {
  const causes = Object.entries(failing);
  if (causes.length === 0) return <></>;
  return (
    <section aria-labelledby="failing">
      <h2 id="failing">Still failing</h2>
      <DataTable label="Still failing" columns={['#Documents', 'Problem']}>
        {causes.map(([code, count]) => (
          <tr>
            <td class="number">{count}</td>
            <td>
              <a href={place.to(`documents?problemCode=${encodeURIComponent(code)}`)} safe>
                {code}
              </a>
            </td>
          </tr>
        ))}
      </DataTable>
    </section>
  );
}

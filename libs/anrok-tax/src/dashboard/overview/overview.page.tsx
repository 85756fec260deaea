import { SYNC_STATUSES } from '../../records/tax-sync-record.entity.js';
import { ActionForm } from '../parts/action-form.js';
import { DayChart } from '../parts/day-chart.js';
import { EmptyState } from '../parts/empty-state.js';
import { LiveRegion } from '../parts/live-region.js';
import { ProblemBox } from '../parts/problem-box.js';
import { RemedyLink } from '../parts/remedy-link.js';
import { StatusBadge } from '../parts/status-badge.js';
import { Layout } from '../shell/layout.js';
import type { PagePlace } from '../shell/page-place.js';
import { ConnectionCard } from '../connections/connection-card.js';
import type { Concern, Overview } from './overview.service.js';

export function OverviewPage({ place, overview }: { place: PagePlace; overview: Overview }): string {
  const { now, connections, summary, concerns } = overview;
  const isBusy = connections.some(({ backlog }) => backlog.some(({ status }) => status === 'processing'));
  return (
    <Layout place={place} title="Overview">
      <LiveRegion id="overview" place={place} isBusy={isBusy}>
        <section aria-labelledby="needs">
          <h2 id="needs">Needs a person</h2>
          {concerns.length === 0 && (
            <EmptyState title="Nothing does.">Every document has its tax, or gets it by itself.</EmptyState>
          )}
          {concerns.map((concern) => (
            <ConcernBox place={place} concern={concern} />
          ))}
        </section>
        <section aria-labelledby="connections">
          <h2 id="connections">Connections</h2>
          {connections.length === 0 && (
            <EmptyState title="No Anrok account is connected.">
              <a href={place.to('connections')}>Connect one</a>, and invoices can be taxed.
            </EmptyState>
          )}
          <div class="cards">
            {connections.map((standing) => (
              <ConnectionCard place={place} standing={standing} now={now} />
            ))}
          </div>
        </section>
        <section aria-labelledby="today">
          <h2 id="today">Requested today</h2>
          <ul class="counts">
            {SYNC_STATUSES.map((status) => (
              <li>
                <a href={place.to(`documents?status=${status}&requestedFrom=${summary.days[0]!.day}`)}>
                  <strong>{summary.today[status]}</strong> <StatusBadge status={status} />
                </a>
              </li>
            ))}
          </ul>
        </section>
        <section aria-labelledby="days">
          <h2 id="days">Documents of the last {summary.days.length} days</h2>
          <DayChart days={summary.days} />
        </section>
      </LiveRegion>
    </Layout>
  ) as string;
}

function ConcernBox({ place, concern: { count, isAtLeast, example } }: { place: PagePlace; concern: Concern }) {
  const { problem, problemCode } = example;
  if (!problem || !problemCode) return <></>;
  const code = encodeURIComponent(problemCode);
  const many = `${count}${isAtLeast ? ' or more' : ''}`;
  return (
    <ProblemBox problem={problem}>
      <RemedyLink place={place} record={example} />
      <ActionForm
        action={place.to(`overview/retry/${code}`)}
        label={count === 1 ? 'Try again' : `Try all ${many} again`}
      />
      <a
        class="button"
        href={place.to(count === 1 ? `documents/${example.id}` : `documents?problemCode=${code}&status=failed,waiting`)}
        safe
      >
        {count === 1 ? 'Show the document' : `Show the ${many} documents`}
      </a>
    </ProblemBox>
  );
}

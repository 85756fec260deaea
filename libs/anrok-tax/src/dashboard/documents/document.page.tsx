import type { HostDocument } from '../../host/billing-host.js';
import type { RecordDetails } from '../../records/record-details.read-model.js';
import { ActionForm } from '../parts/action-form.js';
import { LiveRegion } from '../parts/live-region.js';
import { Moment } from '../parts/moment.js';
import { ProblemBox } from '../parts/problem-box.js';
import { RemedyLink } from '../parts/remedy-link.js';
import { StatusBadge } from '../parts/status-badge.js';
import { KIND_NAMES } from '../parts/words.js';
import { Layout } from '../shell/layout.js';
import type { PagePlace } from '../shell/page-place.js';
import { AttemptTimeline } from './attempt-timeline.js';
import { RelatedDocuments } from './related-documents.js';
import { TaxLines } from './tax-lines.js';
import { TotalsTable } from './totals-table.js';
import { TransactionsTable } from './transactions-table.js';

export interface DocumentPageProps {
  readonly place: PagePlace;
  readonly details: RecordDetails;
  /** As the host has it now; null when it has none. */
  readonly loaded: HostDocument | null;
}

export function DocumentPage({ place, details, loaded }: DocumentPageProps): string {
  const { record, attempts } = details;
  const title = `${KIND_NAMES[record.documentKind]} ${loaded?.booked?.number ?? record.documentId}`;
  const isBusy = record.status === 'processing' || record.status === 'pending';
  return (
    <Layout place={place} title={title} safeActions={<Retry place={place} id={record.id} />}>
      <LiveRegion id="document" place={place} isBusy={isBusy}>
        <Problem place={place} details={details} />
        <Facts place={place} details={details} loaded={loaded} />
        <TotalsTable details={details} loaded={loaded} />
        <TaxLines taxes={details.taxes} />
        <TransactionsTable details={details} />
        <RelatedDocuments place={place} details={details} />
        <AttemptTimeline attempts={attempts} />
      </LiveRegion>
    </Layout>
  ) as string;
}

function Retry({ place, id }: { place: PagePlace; id: string }) {
  return <ActionForm action={place.to(`documents/${id}/retry`)} label="Try again now" />;
}

function Problem({ place, details: { record, waits } }: Pick<DocumentPageProps, 'place' | 'details'>) {
  if (!record.problem) return <></>;
  const [next] = waits;
  return (
    <ProblemBox problem={record.problem}>
      <RemedyLink place={place} record={record} />
      <Retry place={place} id={record.id} />
      {next ? <span class="soft">It continues by itself once that is done.</span> : ''}
    </ProblemBox>
  );
}

function Facts({ place, details: { record }, loaded }: DocumentPageProps) {
  const { status, documentId, customerId, connection, requestedAt, syncedAt, dueAt, failures } = record;
  return (
    <dl class="card facts">
      <dt>Status</dt>
      <dd>
        <StatusBadge status={status} />{' '}
        {status === 'retrying' ? (
          <span class="soft">
            <span safe>{`tried ${failures} times, again at `}</span>
            <Moment at={dueAt} />
          </span>
        ) : (
          ''
        )}
        {status === 'synced' && dueAt ? (
          <span class="soft">
            recorded once more at <Moment at={dueAt} />, because a request of it got no answer and may still arrive
          </span>
        ) : (
          ''
        )}
      </dd>
      <dt>In the host</dt>
      <dd>{loaded ? STANDINGS[loaded.standing] : 'There is no such document any more.'}</dd>
      <dt>Id</dt>
      <dd>
        <code safe>{documentId}</code>
      </dd>
      <dt>Customer</dt>
      <dd>
        <a href={place.to(`documents?customerId=${encodeURIComponent(customerId)}`)} safe>
          {customerId}
        </a>
      </dd>
      <dt>Connection</dt>
      <dd safe>{`${connection.name} (${connection.code})`}</dd>
      <dt>Requested</dt>
      <dd>
        <Moment at={requestedAt} />
      </dd>
      <dt>Synced</dt>
      <dd>
        <Moment at={syncedAt} />
      </dd>
    </dl>
  );
}

const STANDINGS: Readonly<Record<HostDocument['standing'], string>> = {
  draft: 'draft',
  final: 'final',
  voided: 'voided',
  disputeLost: 'final, its payment taken back',
};

import type { Connection } from '../../connection/connection.entity.js';
import type { CustomerOverview } from '../../settings/customer-overview.read-model.js';
import { EmptyState } from '../parts/empty-state.js';
import { Moment } from '../parts/moment.js';
import { ProblemBox } from '../parts/problem-box.js';
import { toCount } from '../parts/words.js';
import { Layout } from '../shell/layout.js';
import type { PagePlace } from '../shell/page-place.js';
import { CustomerTabs } from './customer-tabs.js';
import { LinkForms } from './link-forms.js';

export interface CustomerPageProps {
  readonly place: PagePlace;
  readonly customer: CustomerOverview;
  readonly connections: readonly Connection[];
}

export function CustomerPage({ place, customer, connections }: CustomerPageProps): string {
  const { id, name } = customer;
  return (
    <Layout place={place} title={name ?? id}>
      <CustomerTabs place={place} id={id} />
      <Facts place={place} customer={customer} />
      <Sent customer={customer} />
      <LinkForms place={place} customer={customer} connections={connections} />
    </Layout>
  ) as string;
}

function Facts({ place, customer: { id, link, openDocuments } }: { place: PagePlace; customer: CustomerOverview }) {
  return (
    <dl class="card facts">
      <dt>Id in the host</dt>
      <dd>
        <code safe>{id}</code>
      </dd>
      <dt>Taxed by Anrok</dt>
      <dd>
        {link ? (
          <a href={place.to(`connections/${link.connectionCode}`)} safe>
            {`over ${link.connectionCode}`}
          </a>
        ) : (
          'no'
        )}
      </dd>
      {link ? (
        <>
          <dt>Id at Anrok</dt>
          <dd>
            <code safe>{link.anrokCustomerId}</code>{' '}
            {link.page === null ? '' : <a href={link.page}>Its page at Anrok</a>}
          </dd>
          <dt>Known to Anrok</dt>
          <dd>{link.knownAt ? <Moment at={link.knownAt} /> : <NotYet isCreated={link.createAtAnrok} />}</dd>
        </>
      ) : (
        ''
      )}
      <dt>Documents</dt>
      <dd>
        <a href={place.to(`documents?customerId=${encodeURIComponent(id)}`)} safe>
          {openDocuments === 0 ? 'none is open' : `${toCount(openDocuments, 'document')} not done`}
        </a>
      </dd>
    </dl>
  );
}

function NotYet({ isCreated }: { isCreated: boolean }) {
  return isCreated ? (
    <span class="soft">Anrok creates it with its first document.</span>
  ) : (
    <span class="soft">It was there before.</span>
  );
}

/** What Anrok gets of its next document, or why it can't. */
function Sent({ customer: { sent } }: { customer: CustomerOverview }) {
  return (
    <section aria-labelledby="sent">
      <h2 id="sent">What Anrok gets of it</h2>
      {sent === null ? <EmptyState title="The host does not show its customers." /> : ''}
      {sent?.addressProblem ? (
        <ProblemBox problem={sent.addressProblem}>
          <span class="soft">Correct it in the host. Its documents continue by themselves.</span>
        </ProblemBox>
      ) : (
        ''
      )}
      {sent?.address ? (
        <dl class="card">
          {Object.entries(sent.address).map(([field, text]) => (
            <>
              <dt safe>{FIELDS[field] ?? field}</dt>
              <dd safe>{String(text)}</dd>
            </>
          ))}
          <dt>Tax ids</dt>
          <dd safe>{sent.taxIds.join(', ') || 'none'}</dd>
        </dl>
      ) : (
        ''
      )}
    </section>
  );
}

const FIELDS: Readonly<Record<string, string>> = {
  country: 'Country',
  line1: 'Street',
  city: 'City',
  region: 'Region',
  postalCode: 'Postal code',
};

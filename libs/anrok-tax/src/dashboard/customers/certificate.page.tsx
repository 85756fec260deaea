import type { Certificate } from '../../exemptions/certificate.js';
import type { CustomerOverview } from '../../settings/customer-overview.read-model.js';
import type { Answer } from '../parts/answer.js';
import { DataTable } from '../parts/data-table.js';
import { Moment } from '../parts/moment.js';
import { StatusBadge } from '../parts/status-badge.js';
import { Layout } from '../shell/layout.js';
import type { PagePlace } from '../shell/page-place.js';
import { CustomerProblem } from './customer-problem.js';
import { CustomerTabs } from './customer-tabs.js';

export interface CertificatePageProps {
  readonly place: PagePlace;
  readonly customer: CustomerOverview;
  readonly certificate: Answer<Certificate>;
}

export function CertificatePage({ place, customer, certificate }: CertificatePageProps): string {
  const { id, name } = customer;
  return (
    <Layout place={place} title={name ?? id}>
      <CustomerTabs place={place} id={id} />
      <h2>Exemption certificate</h2>
      {'problem' in certificate ? (
        <CustomerProblem place={place} customer={customer} problem={certificate.problem} />
      ) : (
        <Facts certificate={certificate.value} />
      )}
    </Layout>
  ) as string;
}

function Facts({ certificate }: { certificate: Certificate }) {
  const { id, status, createdAt, effectiveFrom, expiresOn, exemptionNumber, notes, jurisdictions } = certificate;
  return (
    <>
      <dl class="card facts">
        <dt>Status</dt>
        <dd>
          <StatusBadge status={status} />
        </dd>
        <dt>Id at Anrok</dt>
        <dd>
          <code safe>{id}</code>
        </dd>
        <dt>Exemption number</dt>
        <dd safe>{exemptionNumber || '–'}</dd>
        <dt>Exempts from</dt>
        <dd safe>{`${effectiveFrom} to ${expiresOn ?? 'no end'}`}</dd>
        <dt>Notes</dt>
        <dd safe>{notes || '–'}</dd>
        <dt>Added</dt>
        <dd>
          <Moment at={createdAt} />
        </dd>
      </dl>
      <DataTable label="Where it exempts" columns={['Where', 'Registration', 'Last day', 'Notes']}>
        {jurisdictions.map((one) => (
          <tr>
            <th scope="row" safe>
              {one.id}
            </th>
            <td safe>{one.registrationId || '–'}</td>
            <td safe>{one.expiresOn ?? 'never ends'}</td>
            <td safe>{one.notes || '–'}</td>
          </tr>
        ))}
      </DataTable>
    </>
  );
}

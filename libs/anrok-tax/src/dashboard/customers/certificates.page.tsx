import type { Certificate } from '../../exemptions/certificate.js';
import type { CustomerOverview } from '../../settings/customer-overview.read-model.js';
import { ActionForm } from '../parts/action-form.js';
import type { Answer } from '../parts/answer.js';
import { DataTable } from '../parts/data-table.js';
import { EmptyState } from '../parts/empty-state.js';
import { StatusBadge } from '../parts/status-badge.js';
import { Layout } from '../shell/layout.js';
import type { PagePlace } from '../shell/page-place.js';
import { CertificateForms } from './certificate-forms.js';
import { CustomerProblem } from './customer-problem.js';
import { CustomerTabs } from './customer-tabs.js';

export interface CertificatesPageProps {
  readonly place: PagePlace;
  readonly customer: CustomerOverview;
  readonly certificates: Answer<readonly Certificate[]>;
}

export function CertificatesPage({ place, customer, certificates }: CertificatesPageProps): string {
  const { id, name, link } = customer;
  return (
    <Layout place={place} title={name ?? id}>
      <CustomerTabs place={place} id={id} />
      <section aria-labelledby="certificates">
        <h2 id="certificates">Exemption certificates</h2>
        {'problem' in certificates ? (
          <CustomerProblem place={place} customer={customer} problem={certificates.problem} />
        ) : (
          <List place={place} id={id} certificates={certificates.value} />
        )}
      </section>
      {link ? <CertificateForms place={place} id={id} /> : ''}
    </Layout>
  ) as string;
}

function List({ place, id, certificates }: { place: PagePlace; id: string; certificates: readonly Certificate[] }) {
  if (certificates.length === 0)
    return <EmptyState title="Anrok has none of this customer: it is taxed as everybody is." />;
  const here = `customers/${encodeURIComponent(id)}/certificates`;
  return (
    <DataTable label="Certificates" columns={['Certificate', 'Status', 'From', 'To', 'Where', 'Archive']}>
      {certificates.map((one) => (
        <tr>
          <th scope="row">
            <a href={place.to(`${here}/${encodeURIComponent(one.id)}`)} safe>
              {one.exemptionNumber || one.id}
            </a>
          </th>
          <td>
            <StatusBadge status={one.status} />
          </td>
          <td safe>{one.effectiveFrom}</td>
          <td safe>{one.expiresOn ?? 'never ends'}</td>
          <td safe>{one.jurisdictions.map((where) => where.id).join(', ')}</td>
          <td>
            {one.status === 'archived' ? (
              ''
            ) : (
              <ActionForm
                action={place.to(`${here}/${encodeURIComponent(one.id)}/archive`)}
                label="Archive"
                tone="danger"
                confirm="From now on it exempts nobody. What is recorded stays as it is."
              />
            )}
          </td>
        </tr>
      ))}
    </DataTable>
  );
}

import type { CustomerOverview } from '../../settings/customer-overview.read-model.js';
import { Layout } from '../shell/layout.js';
import type { PagePlace } from '../shell/page-place.js';
import { CustomerTabs } from './customer-tabs.js';

export interface CertificateRequestPageProps {
  readonly place: PagePlace;
  readonly customer: CustomerOverview;
  /** Where the customer uploads the certificate. */
  readonly link: string;
}

export function CertificateRequestPage({ place, customer: { id, name }, link }: CertificateRequestPageProps): string {
  return (
    <Layout place={place} title={name ?? id}>
      <CustomerTabs place={place} id={id} />
      <h2>Where the customer uploads its certificate</h2>
      <div class="card">
        <p>Hand this over yourself: Anrok has written to nobody. It is shown this once.</p>
        <p>
          <code safe>{link}</code>
        </p>
      </div>
    </Layout>
  ) as string;
}

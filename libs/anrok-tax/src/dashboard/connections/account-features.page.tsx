import type { FeatureStanding } from '../../connection/account-features.js';
import { FEATURE_NAMES } from '../../connection/anrok-feature.js';
import type { Connection } from '../../connection/connection.entity.js';
import { DataTable } from '../parts/data-table.js';
import { StatusBadge } from '../parts/status-badge.js';
import { Layout } from '../shell/layout.js';
import type { PagePlace } from '../shell/page-place.js';
import { ConnectionTabs } from './connection-tabs.js';

export interface AccountFeaturesPageProps {
  readonly place: PagePlace;
  readonly connection: Connection;
  readonly features: readonly FeatureStanding[];
}

/** What Anrok sells separately, and whether this account has it: as Anrok answered just now. */
export function AccountFeaturesPage({ place, connection, features }: AccountFeaturesPageProps): string {
  const { name, code, sellerId, maskedApiKey } = connection;
  return (
    <Layout place={place} title={name}>
      <ConnectionTabs place={place} code={code} />
      <h2>What the account has at Anrok</h2>
      <p class="lead">
        Account <code safe>{sellerId ?? 'unknown'}</code>, asked just now with the key <code safe>{maskedApiKey}</code>.
        Taxing invoices needs none of these.
      </p>
      <DataTable label="Features" columns={['Feature', 'Standing', 'How that is known', 'What to do']}>
        {features.map(({ feature, state, reason, problem }) => (
          <tr>
            <th scope="row" safe>
              {FEATURE_NAMES[feature]}
            </th>
            <td>
              <StatusBadge status={state} />
            </td>
            <td class="sentence" safe>
              {reason}
            </td>
            <td class="sentence" safe>
              {problem?.remedy ?? ''}
            </td>
          </tr>
        ))}
      </DataTable>
    </Layout>
  ) as string;
}

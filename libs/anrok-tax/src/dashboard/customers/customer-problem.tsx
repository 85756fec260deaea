import type { TaxProblem } from '@anrok-nest/tax';
import type { CustomerOverview } from '../../settings/customer-overview.read-model.js';
import { ProblemBox } from '../parts/problem-box.js';
import type { PagePlace } from '../shell/page-place.js';

export interface CustomerProblemProps {
  readonly place: PagePlace;
  readonly customer: CustomerOverview;
  readonly problem: TaxProblem;
}

/** Why Anrok gave no answer about a customer, and the way to where that is mended. */
export function CustomerProblem({ place, customer: { id, link }, problem }: CustomerProblemProps) {
  const [target, label] = link
    ? problem.code === 'anrok_feature_not_enabled_on_account'
      ? [`connections/${link.connectionCode}/features`, 'What the account has']
      : [`connections/${link.connectionCode}`, 'Look at the connection']
    : [`customers/${encodeURIComponent(id)}`, 'Link the customer'];
  return (
    <ProblemBox problem={problem}>
      <a class="button" href={place.to(target)} safe>
        {label}
      </a>
    </ProblemBox>
  );
}

import type { TaxIdVerdict } from '../../exemptions/to-tax-id-verdict.js';
import type { CustomerOverview } from '../../settings/customer-overview.read-model.js';
import type { Answer } from '../parts/answer.js';
import { DataTable } from '../parts/data-table.js';
import { EmptyState } from '../parts/empty-state.js';
import { TextField } from '../parts/field.js';
import { Layout } from '../shell/layout.js';
import type { PagePlace } from '../shell/page-place.js';
import { CustomerProblem } from './customer-problem.js';
import { CustomerTabs } from './customer-tabs.js';

export interface TaxIdsPageProps {
  readonly place: PagePlace;
  readonly customer: CustomerOverview;
  /** Which ids were asked for. */
  readonly asked: readonly string[];
  readonly verdict: Answer<TaxIdVerdict>;
}

/** Which tax ids the customer's address asks for, and which of those given are valid, as Anrok says just now. */
export function TaxIdsPage({ place, customer, asked, verdict }: TaxIdsPageProps): string {
  const { id, name } = customer;
  return (
    <Layout place={place} title={name ?? id}>
      <CustomerTabs place={place} id={id} />
      <section aria-labelledby="tax-ids">
        <h2 id="tax-ids">Tax ids</h2>
        <form
          class="fields"
          method="get"
          action={place.to(`customers/${encodeURIComponent(id)}/tax-ids`)}
          aria-labelledby="tax-ids"
        >
          <TextField
            name="taxIds"
            label="Tax ids to check"
            value={asked.join(', ')}
            hint="Empty: those that the host has. Nothing is stored"
          />
          <button type="submit" class="primary">
            Check at Anrok
          </button>
        </form>
        {'problem' in verdict ? (
          <CustomerProblem place={place} customer={customer} problem={verdict.problem} />
        ) : (
          <Verdict verdict={verdict.value} />
        )}
      </section>
    </Layout>
  ) as string;
}

function Verdict({ verdict: { valid, invalid, jurisdictions } }: { verdict: TaxIdVerdict }) {
  return (
    <>
      <dl class="card facts">
        <dt>Valid</dt>
        <dd safe>{valid.join(', ') || 'none'}</dd>
        <dt>Not valid there</dt>
        <dd safe>{invalid.join(', ') || 'none'}</dd>
      </dl>
      {jurisdictions.length === 0 ? (
        <EmptyState title="Nobody asks for a tax id at the customer’s address." />
      ) : (
        <DataTable label="Who asks for a tax id" columns={['Where', 'Tax id', 'Valid']}>
          {jurisdictions.map((one) => (
            <tr>
              <th scope="row" safe>
                {one.name}
              </th>
              <td safe>{one.taxIdAbbreviation ? `${one.taxIdName} (${one.taxIdAbbreviation})` : one.taxIdName}</td>
              <td safe>{one.valid.join(', ') || 'none given'}</td>
            </tr>
          ))}
        </DataTable>
      )}
    </>
  );
}

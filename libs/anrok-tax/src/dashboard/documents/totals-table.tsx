import type { HostDocument } from '../../host/billing-host.js';
import type { RecordDetails } from '../../records/record-details.read-model.js';
import { AmountCell, toAmount } from '../parts/amount.js';
import { DataTable } from '../parts/data-table.js';

/** What the host's books say beside what Anrok was told and answered, and whether they agree. */
export function TotalsTable({ details, loaded }: { details: RecordDetails; loaded: HostDocument | null }) {
  const { record, taxes } = details;
  const currency = taxes?.currency ?? record.currency ?? loaded?.document.currency;
  const lines = loaded?.document.lines.reduce((sum, { amount }) => sum + amount, 0);
  const sent = taxes?.lines.reduce((sum, { amount }) => sum + amount, 0);
  const rows = [
    ['Lines', lines, sent],
    ['Tax on top', loaded?.booked?.taxAmount, taxes?.taxAmountToCollect],
    ['Total', loaded?.booked?.totalAmount, taxes?.totalAmount],
  ] as const;
  return (
    <section aria-labelledby="totals">
      <h2 id="totals">In the host and at Anrok</h2>
      <DataTable label="Totals" columns={['What', '#In the host', '#At Anrok', 'Difference']}>
        {rows.map(([name, host, anrok]) => (
          <tr>
            <th scope="row">{name}</th>
            <AmountCell amount={host} currency={currency} />
            <AmountCell amount={anrok} currency={currency} />
            <td>
              <Difference host={host} anrok={anrok} currency={currency} />
            </td>
          </tr>
        ))}
      </DataTable>
    </section>
  );
}

interface DifferenceProps {
  readonly host: number | null | undefined;
  readonly anrok: number | undefined;
  readonly currency: string | null | undefined;
}

function Difference({ host, anrok, currency }: DifferenceProps) {
  if (typeof host !== 'number' || anrok === undefined) return <span class="soft">can’t be said</span>;
  if (host === anrok) return <span class="badge good">agrees</span>;
  return (
    <span class="badge bad" safe>
      {toAmount(host - anrok, currency)}
    </span>
  );
}

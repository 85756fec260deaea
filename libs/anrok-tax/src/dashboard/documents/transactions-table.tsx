import type { RecordDetails, ShownTransaction } from '../../records/record-details.read-model.js';
import { AmountCell } from '../parts/amount.js';
import { DataTable } from '../parts/data-table.js';
import { Moment } from '../parts/moment.js';

/** What Anrok is known to hold of the document. */
export function TransactionsTable({ details: { record, transactions } }: { details: RecordDetails }) {
  if (transactions.length === 0) return <></>;
  return (
    <section aria-labelledby="transactions">
      <h2 id="transactions">Transactions at Anrok</h2>
      <DataTable label="Transactions at Anrok" columns={['Transaction id', 'State', '#Version', '#Tax', 'Updated']}>
        {transactions.map(({ held, page }) => (
          <tr>
            <th scope="row">
              <TransactionId id={held.transactionId} page={page} />
            </th>
            <td>{held.state}</td>
            <td class="number" safe>
              {String(held.version ?? '–')}
            </td>
            <AmountCell amount={held.taxAmount} currency={record.currency} />
            <td>
              <Moment at={held.updatedAt} />
            </td>
          </tr>
        ))}
      </DataTable>
    </section>
  );
}

function TransactionId({ id, page }: { id: string; page: ShownTransaction['page'] }) {
  if (page === undefined) return <code safe>{id}</code>;
  return (
    <a href={page} target="_blank" rel="noopener noreferrer" safe>
      {id}
    </a>
  );
}

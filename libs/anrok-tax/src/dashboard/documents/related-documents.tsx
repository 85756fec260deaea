import type { RecordDetails } from '../../records/record-details.read-model.js';
import { AmountCell, toAmount } from '../parts/amount.js';
import { DataTable } from '../parts/data-table.js';
import { StatusBadge } from '../parts/status-badge.js';
import { KIND_NAMES } from '../parts/words.js';
import type { PagePlace } from '../shell/page-place.js';

/** An invoice and its credit notes, and what Anrok counts of them together. */
export function RelatedDocuments({ place, details }: { place: PagePlace; details: RecordDetails }) {
  const { related, netTaxAmount, record, taxes } = details;
  if (related.length === 0) return <></>;
  return (
    <section aria-labelledby="related">
      <h2 id="related">Related documents</h2>
      <DataTable label="Related documents" columns={['Document', 'Status', '#Tax that counts']}>
        {related.map((other) => (
          <tr>
            <th scope="row">
              <a class="id" href={place.to(`documents/${other.record.id}`)} safe>
                {`${KIND_NAMES[other.record.documentKind]} ${other.record.documentNumber ?? other.record.documentId}`}
              </a>
            </th>
            <td>
              <StatusBadge status={other.record.status} />
            </td>
            <AmountCell amount={other.countedTaxAmount} currency={other.record.currency} />
          </tr>
        ))}
      </DataTable>
      <p class="below">
        Anrok counts <strong safe>{toAmount(netTaxAmount, taxes?.currency ?? record.currency)}</strong> of tax for all
        of them together.
      </p>
    </section>
  );
}

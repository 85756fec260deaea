import type { TaxDocument, TaxDocumentReference } from '@anrok-nest/tax';
import type { BillingHost } from '../host/billing-host.js';
import type { AnrokTaxOptions } from '../options/resolve-options.js';
import { documentKey } from '../records/document-key.js';
import { countsAtAnrok } from '../sync/counts-at-anrok.js';
import type { RecordSeen } from './resync-record.js';

/**
 * Finds synced records of what the host has archived: of documents that it has no longer, and of credit notes whose
 * invoice it has no longer. A sync would take them back. That is for whoever deletes a document and says so; a resync
 * can't tell, and Anrok keeps what it holds.
 *
 * @returns ids of the records
 */
export async function archivedOf(
  host: BillingHost,
  options: Pick<AnrokTaxOptions, 'lostDispute'>,
  seen: readonly RecordSeen[],
): Promise<ReadonlySet<string>> {
  const synced = seen.filter(({ record }) => record.status === 'synced');
  const gone = synced.filter(({ loaded }) => loaded === null);
  // what counts no more is taken back with or without an invoice
  const notes = synced.flatMap(({ record, loaded }) =>
    loaded?.document.creditedInvoiceId && countsAtAnrok(loaded.standing, options)
      ? [{ record, invoice: invoiceOf(loaded.document, loaded.document.creditedInvoiceId) }]
      : [],
  );
  const invoices = [...new Map(notes.map(({ invoice }) => [invoice.id, invoice])).values()];
  const loaded = invoices.length > 0 ? await host.loadDocuments(invoices) : [];
  const there = new Set(invoices.filter((_, index) => loaded[index]).map(documentKey));
  const orphans = notes.filter(({ invoice }) => !there.has(documentKey(invoice)));
  return new Set([...gone, ...orphans].map(({ record }) => record.id));
}

function invoiceOf({ customer }: TaxDocument, id: string): TaxDocumentReference {
  return { kind: 'invoice', id, customerId: customer.id };
}

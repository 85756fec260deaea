import type { UsableLink } from '../connection/usable-link.js';
import type { HostDocument } from '../host/billing-host.js';
import type { TransactionDraft } from '../mapping/to-anrok-transactions.js';
import type { TaxSyncRecord } from '../records/tax-sync-record.entity.js';
import { type Held, planSync } from './plan-sync.js';

/** What is on record of a document, of which a plain row is enough. */
export interface OnRecord extends Pick<
  TaxSyncRecord,
  'documentKind' | 'customerId' | 'status' | 'doubtfulParts' | 'documentNumber' | 'currency' | 'taxAmount'
> {
  /** Id of the connection. */
  readonly connection: string;
}

/** What a run of a document that counts would find. */
export interface Findings {
  readonly record: OnRecord;
  readonly loaded: HostDocument;
  /** Of the record's customer. */
  readonly link: UsableLink;
  /** What Anrok should hold, over the link's connection. */
  readonly drafts: readonly TransactionDraft[];
  /** What Anrok is known to hold. */
  readonly held: readonly Held[];
}

/**
 * Whether a record is one of which it can be told without a run that a run would do nothing. A credit note is not: what
 * it takes back hangs on its invoice and on the other notes.
 */
export function isAtRest({ documentKind, status, doubtfulParts }: OnRecord): boolean {
  return status === 'synced' && doubtfulParts === 0 && documentKind !== 'credit_note';
}

/**
 * Whether a run would leave everything as it is: Anrok holds exactly this, the customer of it is known, and the host
 * shows the customer, the number and the tax that are on record. In doubt it is not so, and a run finds out.
 */
export function needsNothing({ record, loaded, link, drafts, held }: Findings): boolean {
  const { document, booked } = loaded;
  return (
    isAtRest(record) &&
    document.customer.id === record.customerId &&
    link.connection.id === record.connection &&
    (drafts.length === 0 || Boolean(link.knownAt)) &&
    booked !== undefined &&
    booked.taxAmount !== null &&
    booked.taxAmount === record.taxAmount &&
    document.currency === record.currency &&
    (booked.number ?? record.documentNumber ?? null) === (record.documentNumber ?? null) &&
    planSync({ target: drafts, held, doubtful: [] }).length === 0
  );
}

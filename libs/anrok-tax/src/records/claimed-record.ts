import type { Interval, TaxProblem } from '@anrok-nest/tax';
import type { UsableConnection } from '../connection/usable-connection.js';
import { type PlainDate, type PlainJson, toDate, toJson } from '../plain-values.js';
import type { TaxSyncRecord } from './tax-sync-record.entity.js';

/** A record that somebody works on, as it was when it was claimed. Of what comes by so often, a plain object is enough. */
export interface ClaimedRecord extends Pick<
  TaxSyncRecord,
  | 'id'
  | 'documentKind'
  | 'documentId'
  | 'documentNumber'
  | 'customerId'
  | 'formerCustomerId'
  | 'revision'
  | 'dueAt'
  | 'leaseOwner'
  | 'resyncRun'
  | 'failures'
  | 'firstFailedAt'
  | 'doubtfulParts'
  | 'unansweredAt'
  | 'generation'
  | 'takeovers'
  | 'creditedInvoiceId'
  | 'creditIntervals'
  | 'problem'
  | 'problemCode'
  | 'currency'
  | 'taxAmount'
  | 'syncedAt'
> {
  readonly connection: UsableConnection;
}

export interface ClaimedRow {
  readonly id: string;
  readonly connection_id: string;
  readonly document_kind: ClaimedRecord['documentKind'];
  readonly document_id: string;
  readonly document_number: string | null;
  readonly customer_id: string;
  readonly former_customer_id: string | null;
  readonly revision: number;
  readonly due_at: PlainDate;
  readonly lease_owner: string;
  readonly resync_run: string | null;
  readonly failures: number;
  readonly first_failed_at: PlainDate | null;
  readonly doubtful_parts: number;
  readonly unanswered_at: PlainDate | null;
  readonly generation: number;
  readonly takeovers: number;
  readonly credited_invoice_id: string | null;
  readonly credit_intervals: PlainJson<Readonly<Record<string, readonly Interval[]>>> | null;
  readonly problem: PlainJson<TaxProblem> | null;
  readonly problem_code: string | null;
  readonly currency: string | null;
  /** PostgreSQL hands out whole numbers of eight bytes as text. */
  readonly tax_amount: string | number | null;
  readonly synced_at: PlainDate | null;
}

export const CLAIMED_COLUMNS = `id, connection_id, document_kind, document_id, document_number, customer_id, former_customer_id,
  revision, due_at, lease_owner, resync_run, failures, first_failed_at, doubtful_parts, unanswered_at, generation, takeovers,
  credited_invoice_id, credit_intervals, problem, problem_code, currency, tax_amount, synced_at`;

export function toClaimedRecord(row: ClaimedRow, connection: UsableConnection): ClaimedRecord {
  return {
    id: row.id,
    connection,
    documentKind: row.document_kind,
    documentId: row.document_id,
    documentNumber: row.document_number,
    customerId: row.customer_id,
    formerCustomerId: row.former_customer_id,
    revision: row.revision,
    dueAt: toDate(row.due_at),
    leaseOwner: row.lease_owner,
    resyncRun: row.resync_run,
    failures: row.failures,
    firstFailedAt: toDate(row.first_failed_at),
    doubtfulParts: row.doubtful_parts,
    unansweredAt: toDate(row.unanswered_at),
    generation: row.generation,
    takeovers: row.takeovers,
    creditedInvoiceId: row.credited_invoice_id,
    creditIntervals: toJson(row.credit_intervals),
    problem: toJson(row.problem),
    problemCode: row.problem_code,
    currency: row.currency,
    taxAmount: row.tax_amount === null ? null : Number(row.tax_amount),
    syncedAt: toDate(row.synced_at),
  };
}

import { whoFixes } from '../catalogue/who-fixes.js';
import type { RecordDetails, RelatedDocument, ShownTransaction } from '../records/record-details.read-model.js';
import type { TaxSyncAttempt } from '../records/tax-sync-attempt.entity.js';
import type { TaxSyncRecord } from '../records/tax-sync-record.entity.js';

/** A sync record as it may be seen. */
export function toRecordView(record: TaxSyncRecord) {
  const { problem, status } = record;
  return {
    id: record.id,
    connection: record.connection.code,
    document: {
      kind: record.documentKind,
      id: record.documentId,
      number: record.documentNumber ?? null,
      customerId: record.customerId,
    },
    status,
    // in processing, it is the end of somebody's lease
    dueAt: status === 'processing' ? null : (record.dueAt ?? null),
    failures: record.failures,
    problem: problem ? { ...problem, fixedBy: whoFixes(problem.code, status) ?? null } : null,
    currency: record.currency ?? null,
    taxAmount: record.taxAmount ?? null,
    requestedAt: record.requestedAt,
    syncedAt: record.syncedAt ?? null,
  };
}

/** All that is known of it. */
export function toDetailsView(details: RecordDetails) {
  const { record, attempts, transactions, taxes, waits, related, netTaxAmount } = details;
  return {
    ...toRecordView(record),
    waitsFor: waits,
    taxes: taxes ?? null,
    netTaxAmount,
    related: related.map(toRelatedView),
    transactions: transactions.map(toTransactionView),
    attempts: attempts.map(toAttemptView),
  };
}

function toRelatedView({ record, countedTaxAmount }: RelatedDocument) {
  const { id, document, status, currency } = toRecordView(record);
  return { id, document, status, currency, countedTaxAmount };
}

function toTransactionView({ held, page }: ShownTransaction) {
  const { transactionId, version, state, taxAmount, updatedAt } = held;
  return { transactionId, version, state, taxAmount, updatedAt, page: page ?? null };
}

function toAttemptView(attempt: TaxSyncAttempt) {
  const { id, startedAt, durationMs, outcome, problemCode, problemMessage, exchanges } = attempt;
  return { id, startedAt, durationMs, outcome, problemCode, problemMessage, exchanges };
}

import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, Max, Min } from 'class-validator';
import type { HeldTransaction } from '../records/held-transaction.entity.js';
import type { TaxSyncAttempt } from '../records/tax-sync-attempt.entity.js';
import { SYNC_STATUSES, type SyncStatus, type TaxSyncRecord } from '../records/tax-sync-record.entity.js';

export class ListRecordsDto {
  @IsOptional()
  @IsIn(SYNC_STATUSES, { message: `status must be one of ${SYNC_STATUSES.join(', ')}` })
  readonly status?: SyncStatus;
  @Type(() => Number)
  @IsInt({ message: 'limit must be a whole number from 1 to 500' })
  @Min(1, { message: 'limit must be a whole number from 1 to 500' })
  @Max(500, { message: 'limit must be a whole number from 1 to 500' })
  readonly limit: number = 50;
}

export function toRecordView(record: TaxSyncRecord) {
  return {
    id: record.id,
    connection: record.connection.code,
    document: { kind: record.documentKind, id: record.documentId, customerId: record.customerId },
    status: record.status,
    dueAt: record.status === 'retrying' || record.status === 'pending' ? record.dueAt : null,
    failures: record.failures,
    problem: record.problem ?? null,
    currency: record.currency ?? null,
    taxAmount: record.taxAmount ?? null,
    requestedAt: record.requestedAt,
    syncedAt: record.syncedAt ?? null,
  };
}

export function toAttemptView(attempt: TaxSyncAttempt) {
  const { id, startedAt, durationMs, outcome, problemCode, problemMessage, exchanges } = attempt;
  return { id, startedAt, durationMs, outcome, problemCode, problemMessage, exchanges };
}

export function toTransactionView(held: HeldTransaction, page: string | undefined) {
  const { transactionId, version, state, taxAmount, updatedAt } = held;
  return { transactionId, version, state, taxAmount, updatedAt, page: page ?? null };
}

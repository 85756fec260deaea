import type { BulkJobOptions } from 'bullmq';
import { validate as isUuid } from 'uuid';
import type { DueDocument, WorkResult } from '../sync/sync-dispatch.js';

/** What a job holds: whose turn it is, and nothing of the document. */
export interface SyncJobData {
  readonly recordId: string;
  /** Code of the connection. */
  readonly connection: string;
}

/** What a job answers: what became of the record, and the code of the problem if it has one. */
export type SyncJobResult = WorkResult;

/** Finished jobs that are kept for people to look at, of each queue. */
const KEPT = { count: 1_000, age: 7 * 24 * 60 * 60 };

/** After all that are not of a resync: these have none. */
const PRIORITY_OF_RESYNCS = 10;

export function queueName(connection: string): string {
  // BullMQ refuses colons
  return `anrok-tax.${encodeURIComponent(connection)}`;
}

export function toJob(due: DueDocument): { name: string; data: SyncJobData; opts: BulkJobOptions } {
  return {
    name: `${due.kind} ${due.number ?? due.id}`,
    data: { recordId: due.recordId, connection: due.connection },
    opts: {
      // one job for each time that a record becomes due: a job that nobody will end keeps none from being made
      deduplication: { id: `${due.recordId}.${due.dueAt.getTime()}` },
      ...(due.isResync && { priority: PRIORITY_OF_RESYNCS }),
      // when it is tried again is the record's to say
      attempts: 1,
      removeOnComplete: KEPT,
      removeOnFail: KEPT,
    },
  };
}

/** Whose turn a job says it is; undefined where it names no record. Whoever can write to Redis can write anything there. */
export function recordIdIn(data: unknown): string | undefined {
  const { recordId } = (data ?? {}) as { readonly recordId?: unknown };
  return typeof recordId === 'string' && isUuid(recordId) ? recordId : undefined;
}

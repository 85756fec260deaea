import { defineEntity, p } from '@mikro-orm/core';
import { v7 as uuidv7 } from 'uuid';
import { TaxSyncRecord } from './tax-sync-record.entity.js';

export type AttemptOutcome = 'applied' | 'retrying' | 'waiting' | 'failed';

const TaxSyncAttemptSchema = defineEntity({
  name: 'AnrokTaxSyncAttempt',
  tableName: 'anrok_sync_attempt',
  properties: {
    id: p
      .uuid()
      .primary()
      .onCreate(() => uuidv7()),
    record: () => p.manyToOne(TaxSyncRecord).deleteRule('cascade'),
    startedAt: p.datetime(3),
    durationMs: p.integer(),
    outcome: p.string().length(20).$type<AttemptOutcome>(),
    problemCode: p.string().length(100).nullable(),
    problemMessage: p.text().nullable(),
    /** What was said to Anrok and answered, without secrets. Empty when the try ended before anything was sent. */
    exchanges: p.json<readonly RecordedExchange[]>(),
  },
  indexes: [{ name: 'anrok_sync_attempt_record_idx', properties: ['record', 'startedAt'] }],
});

/** One request to Anrok and its answer, as they may be kept and shown. */
export interface RecordedExchange {
  readonly operation: string;
  readonly path: string;
  readonly request: unknown;
  readonly status?: number;
  readonly response?: unknown;
  readonly startedAt: string;
  readonly durationMs: number;
  readonly errorCode?: string;
}

/** One try at a document: when, how long, what was said, how it ended. */
export class TaxSyncAttempt extends TaxSyncAttemptSchema.class {}
TaxSyncAttemptSchema.setClass(TaxSyncAttempt);

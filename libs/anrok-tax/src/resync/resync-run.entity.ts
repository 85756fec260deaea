import type { TaxProblem } from '@anrok-nest/tax';
import { defineEntity, p } from '@mikro-orm/core';
import { v7 as uuidv7 } from 'uuid';
import type { ResyncFilter } from './resync-filter.js';

/**
 * `cancelling`: what is under way is waited for, and nothing more is begun. `failed`: it could not go on; that
 * documents fail in it is no failure of its own.
 */
export type ResyncRunStatus = 'running' | 'cancelling' | 'completed' | 'cancelled' | 'failed';

/** How far through the documents: first those with a record, then those that the host lists. */
export interface ResyncCursor {
  readonly source: 'records' | 'host' | 'end';
  /** The last record's id, or the host's own cursor; absent where a source begins. */
  readonly after?: string;
}

/** The documents that are under way. */
export interface ResyncBatch {
  /** Of their records. */
  readonly ids: readonly string[];
  /** ISO 8601 */
  readonly takenAt: string;
  /** Where it goes on once they are done. */
  readonly next: ResyncCursor;
}

const ResyncRunSchema = defineEntity({
  name: 'AnrokResyncRun',
  tableName: 'anrok_resync_run',
  properties: {
    id: p
      .uuid()
      .primary()
      .onCreate(() => uuidv7()),
    status: p.string().length(20).$type<ResyncRunStatus>(),
    filter: p.json<ResyncFilter>(),
    /** Who started it: a person, a script, `schedule`. */
    requestedBy: p.string().length(255),
    /** The moment of the schedule that it was started for. Unique, so that many processes start one. */
    scheduledFor: p.datetime(3).nullable().unique(),
    /** Documents to be done, where somebody counted them. */
    total: p.integer().nullable(),
    /** Documents that are done: synced, or still failing. */
    done: p.integer(),
    synced: p.integer(),
    /**
     * For how many of these nothing was done: they were found to be as they should, at Anrok and in the host, or the
     * host has archived them.
     */
    unchanged: p.integer(),
    /** How many still fail, by the code of their problem. */
    failing: p.json<Readonly<Record<string, number>>>(),
    cursor: p.json<ResyncCursor>(),
    /** Null between batches. */
    batch: p.json<ResyncBatch>().nullable(),
    /** Raised by every step; whoever took one from an older state finds out. */
    revision: p.integer(),
    /** The process that drives it, until when; both null when nobody does. */
    leaseOwner: p.string().length(100).nullable(),
    leaseUntil: p.datetime(3).nullable(),
    /** Since when it can't take its next step; null when it could. */
    stuckSince: p.datetime(3).nullable(),
    /** Why it failed. */
    problem: p.json<TaxProblem>().nullable(),
    startedAt: p.datetime(3),
    finishedAt: p.datetime(3).nullable(),
  },
});

/** A resync: which documents, how far it is, what came of them. */
export class ResyncRun extends ResyncRunSchema.class {}
ResyncRunSchema.setClass(ResyncRun);

export const BEGINNING: ResyncCursor = { source: 'records' };

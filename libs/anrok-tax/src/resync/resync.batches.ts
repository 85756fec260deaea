import { EntityManager, raw } from '@mikro-orm/core';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { Injectable } from '@nestjs/common';
import { Clock } from '../clock.js';
import { inLockOrder, notLockedElsewhere } from '../records/lock-records.js';
import { TaxSyncRecord } from '../records/tax-sync-record.entity.js';
import { newRecord } from '../requests/request-sync.js';
import { WakeUp } from '../requests/wake-up.js';
import type { ResyncBatch, ResyncRun } from './resync-run.entity.js';
import type { Candidate, CandidatePage } from './resync.documents.js';
import { ResyncRuns } from './resync.runs.js';

const ON_THE_WAY: ReadonlySet<string> = new Set(['pending', 'processing', 'retrying']);

/**
 * How long a batch waits for documents that are being retried. After that they count as failing and heal by themselves,
 * or one of them would keep the run for days.
 */
const PATIENCE_MS = 5 * 60_000;

/**
 * Makes a run's documents due, some at a time, and counts what came of them; what needs nothing it only counts. Only a batch is ever under way, so that
 * nothing else has to wait behind a long resync and a cancelled one leaves little behind.
 */
@Injectable()
export class ResyncBatches {
  constructor(
    private readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly runs: ResyncRuns,
    private readonly wakeUp: WakeUp,
  ) {}

  /** @throws ResyncOvertakenError */
  async take(run: ResyncRun, { candidates, unchanged, next }: CandidatePage): Promise<void> {
    const now = this.clock.now();
    const unseen = candidates.filter(({ status }) => status === 'never_seen');
    const seen = candidates.filter(({ status }) => status !== 'never_seen');
    const ids = await this.em.transactional(async (em) => {
      const sql = em as SqlEntityManager;
      const ids = [...(await makeDue(sql, run.id, seen, now)), ...(await insert(sql, run.id, unseen, now))];
      const batch = { ids, takenAt: now.toISOString(), next };
      const counts = {
        done: run.done + unchanged,
        synced: run.synced + unchanged,
        unchanged: run.unchanged + unchanged,
      };
      await this.runs.move(em, run, { ...counts, ...(ids.length > 0 ? { batch } : { cursor: next }) });
      return ids;
    });
    if (ids.length > 0) this.wakeUp.ring();
  }

  /** Answers whether the batch is over, and then has counted it. @throws ResyncOvertakenError */
  async settle(run: ResyncRun, { ids, takenAt, next }: ResyncBatch): Promise<boolean> {
    const patient = this.clock.now().getTime() - Date.parse(takenAt) < PATIENCE_MS;
    const records = await this.em.find(TaxSyncRecord, { id: { $in: [...ids] } }, { refresh: true });
    // one that has not been tried yet is waited for in any case: whoever works has other things to do first
    if (records.some(({ status, failures }) => ON_THE_WAY.has(status) && (patient || failures === 0))) return false;
    const failing = { ...run.failing };
    let synced = 0;
    for (const { status, problemCode } of records) {
      if (status === 'synced') synced += 1;
      else failing[problemCode ?? status] = (failing[problemCode ?? status] ?? 0) + 1;
    }
    const counts = { done: run.done + records.length, synced: run.synced + synced, failing };
    await this.runs.move(this.em, run, { ...counts, cursor: next, batch: null });
    return true;
  }
}

/** Whoever asked for them meanwhile, or is about to, has them: they are left to him, and nobody waits for a lock. */
async function makeDue(em: SqlEntityManager, resyncRun: string, seen: readonly Candidate[], now: Date) {
  if (seen.length === 0) return [];
  const idle = notLockedElsewhere(em, {
    id: { $in: seen.map(({ record }) => record.id) },
    status: { $in: seen.map(({ record }) => record.status) },
  });
  const due = await em
    .createQueryBuilder(TaxSyncRecord)
    .update({
      status: 'pending',
      dueAt: now,
      failures: 0,
      firstFailedAt: null,
      revision: raw('revision + 1'),
      resyncRun,
    })
    .where({ id: { $in: idle } })
    .returning('id')
    .execute<{ id: string }[]>('all');
  return due.map(({ id }) => id);
}

/** The same for documents without a record. */
async function insert(em: SqlEntityManager, resyncRun: string, unseen: readonly Candidate[], now: Date) {
  if (unseen.length === 0) return [];
  const wanted = unseen.map(({ record: { documentKind: kind, documentId: id, customerId, connection } }) => ({
    kind,
    id,
    customerId,
    connection,
  }));
  const rows = inLockOrder(wanted).map(({ connection, ...reference }) => ({
    ...newRecord(reference, connection.id, now),
    resyncRun,
  }));
  const made = await em
    .createQueryBuilder(TaxSyncRecord)
    .insert(rows)
    .onConflict(['documentKind', 'documentId'])
    .ignore()
    .returning('id')
    .execute<{ id: string }[]>('all');
  return made.map(({ id }) => id);
}

import type { TaxProblem } from '@anrok-nest/tax';
import type { EntityManager } from '@mikro-orm/core';
import { v7 as uuidv7 } from 'uuid';
import { HeldTransaction } from '../records/held-transaction.entity.js';
import { type AttemptOutcome, TaxSyncAttempt } from '../records/tax-sync-attempt.entity.js';
import { requestHash } from './request-hash.js';
import type { RunOutcome, SyncRun } from './sync-run.js';

/** What Anrok holds of the document after the run. */
export async function writeHeld(
  em: EntityManager,
  run: SyncRun,
  { recorded, undone }: RunOutcome,
  now: Date,
): Promise<void> {
  const record = run.record.id;
  for (const draft of run.drafts) {
    const answer = recorded.get(draft.transactionId);
    if (!answer) continue;
    const row = {
      id: uuidv7(),
      record,
      transactionId: draft.transactionId,
      state: 'recorded' as const,
      version: answer.version,
      request: { id: draft.transactionId, ...draft.body },
      requestHash: requestHash(draft),
      answer,
      taxAmount: answer.taxAmountToCollect,
      updatedAt: now,
    };
    await em.upsert(HeldTransaction, row, {
      onConflictFields: ['record', 'transactionId'],
      onConflictExcludeFields: ['id'],
    });
  }
  for (const [transactionId, state] of undone)
    await em.nativeUpdate(HeldTransaction, { record, transactionId }, { state, updatedAt: now });
}

export async function writeAttempt(
  em: EntityManager,
  { record, startedAt, exchanges }: SyncRun,
  outcome: AttemptOutcome,
  now: Date,
  problem?: TaxProblem,
): Promise<void> {
  await em.insert(TaxSyncAttempt, {
    id: uuidv7(),
    record: record.id,
    startedAt,
    durationMs: now.getTime() - startedAt.getTime(),
    outcome,
    problemCode: problem?.code ?? null,
    problemMessage: problem?.message ?? null,
    exchanges,
  });
}

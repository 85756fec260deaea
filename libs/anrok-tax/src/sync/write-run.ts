import type { TaxProblem } from '@anrok-nest/tax';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { v7 as uuidv7 } from 'uuid';
import { HeldTransaction, type HeldState } from '../records/held-transaction.entity.js';
import { insertRows } from '../records/insert-rows.js';
import type { AttemptOutcome } from '../records/tax-sync-attempt.entity.js';
import { requestHash } from './request-hash.js';
import type { EndedRun, SyncRun } from './sync-run.js';

/** What Anrok holds of the documents after their runs. */
export async function writeHeld(em: SqlEntityManager, ended: readonly EndedRun[], now: Date): Promise<void> {
  const rows = ended.flatMap(({ run, outcome: { recorded } }) =>
    run.drafts.flatMap((draft) => {
      const answer = recorded.get(draft.transactionId);
      if (!answer) return [];
      return {
        id: uuidv7(),
        record_id: run.record.id,
        transaction_id: draft.transactionId,
        state: 'recorded' satisfies HeldState,
        version: answer.version,
        request: JSON.stringify({ id: draft.transactionId, ...draft.body }),
        request_hash: requestHash(draft),
        answer: JSON.stringify(answer),
        tax_amount: answer.taxAmountToCollect,
        updated_at: now,
      };
    }),
  );
  await insertRows(em, 'anrok_transaction', rows, ['record_id', 'transaction_id']);
  for (const { run, outcome } of ended)
    for (const [transactionId, state] of outcome.undone)
      await em.nativeUpdate(HeldTransaction, { record: run.record.id, transactionId }, { state, updatedAt: now });
}

/** How a run ended, for people. */
export interface Attempt {
  readonly run: SyncRun;
  readonly outcome: AttemptOutcome;
  readonly problem?: TaxProblem;
}

export async function writeAttempts(em: SqlEntityManager, attempts: readonly Attempt[], now: Date): Promise<void> {
  const rows = attempts.map(({ run: { record, startedAt, exchanges }, outcome, problem }) => ({
    id: uuidv7(),
    record_id: record.id,
    started_at: startedAt,
    duration_ms: now.getTime() - startedAt.getTime(),
    outcome,
    problem_code: problem?.code ?? null,
    problem_message: problem?.message ?? null,
    exchanges: JSON.stringify(exchanges),
  }));
  await insertRows(em, 'anrok_sync_attempt', rows);
}

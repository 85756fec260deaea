import type { TaxCalculation, TaxProblem } from '@anrok-nest/tax';
import { EntityManager } from '@mikro-orm/core';
import { Injectable, Logger } from '@nestjs/common';
import { EventEmitter2 } from '@nestjs/event-emitter';
import { v7 as uuidv7 } from 'uuid';
import { Clock } from '../clock.js';
import { CustomerLink } from '../connection/customer-link.entity.js';
import { BillingHost } from '../host/billing-host.js';
import { AnrokTaxOptions } from '../options/resolve-options.js';
import { decisionFor, problemOf, waitsOf } from './failed-run.js';
import { HeldTransaction } from '../records/held-transaction.entity.js';
import { requestHash } from './request-hash.js';
import type { RetryDecision } from './retry-policy.js';
import { DocumentChangedError } from './sync.error.js';
import type { RunOutcome, SyncRun } from './sync-run.js';
import { LeaseLostError, TaxSyncLeases } from './tax-sync.leases.js';
import { TAX_APPLIED, TAX_FAILED, TAX_WAITING, TaxApplied, TaxFailed, TaxWaiting } from './tax-sync.events.js';
import { type AttemptOutcome, TaxSyncAttempt } from '../records/tax-sync-attempt.entity.js';
import { TaxSyncWait } from '../records/tax-sync-wait.entity.js';

/** Writes down how a run ended: the host's document, the record and the attempt, all or nothing; then tells it. */
@Injectable()
export class TaxSyncResults {
  private readonly log = new Logger(TaxSyncResults.name);

  constructor(
    private readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly options: AnrokTaxOptions,
    private readonly host: BillingHost,
    private readonly leases: TaxSyncLeases,
    private readonly events: EventEmitter2,
  ) {}

  /** @throws LeaseLostError, DocumentChangedError, or whatever the host throws; then nothing of it is written */
  async succeed(run: SyncRun, outcome: RunOutcome): Promise<void> {
    const { record, reference } = run;
    const { calculation } = outcome;
    const transactionIds = run.drafts.map((draft) => draft.transactionId);
    await this.em.transactional(async (em) => {
      // the host's rows before ours, as in its own transactions, so that the two never wait for each other
      await this.apply(run, calculation, transactionIds);
      const now = this.clock.now();
      await this.leases.finish(em, record, { status: 'synced', dueAt: null, changes: synced(run, outcome, now) }, now);
      if (record.problemCode) await em.nativeDelete(TaxSyncWait, { record: record.id });
      await this.hold(em, run, outcome, now);
      await this.attempt(em, run, 'applied', now);
      if (!calculation) return;
      const link = { customerId: record.customerId, connection: run.connection.id, knownAt: null };
      await em.nativeUpdate(CustomerLink, link, { knownAt: now });
    });
    if (!calculation) return;
    const { taxAmountToCollect, currency } = calculation;
    await this.tell(TAX_APPLIED, new TaxApplied(reference, record.id, taxAmountToCollect, currency, transactionIds));
  }

  /** Never throws: a run whose failure can't be written down is taken over when its lease runs out. */
  async fail(run: SyncRun, error: unknown): Promise<void> {
    const problem = problemOf(run, error);
    const decision = decisionFor(run, problem, this.clock.now(), Math.random(), this.options.retry);
    const summary = `${run.reference.kind} ${run.reference.id}: ${problem.code}, ${decision.next}`;
    if (problem.code === 'unexpected_error') this.log.error(summary, (error as Error | undefined)?.stack);
    else this.log.warn(summary);
    if (!(await this.written(run, problem, decision))) return;
    if (decision.next === 'waiting')
      await this.tell(TAX_WAITING, new TaxWaiting(run.reference, run.record.id, problem));
    if (decision.next === 'failed') await this.tell(TAX_FAILED, new TaxFailed(run.reference, run.record.id, problem));
  }

  /** Whether the failure is on record. A host that can't report it to its document doesn't keep it off the record. */
  private async written(run: SyncRun, problem: TaxProblem, decision: RetryDecision): Promise<boolean> {
    for (const toHost of [true, false]) {
      try {
        await this.writeFailure(run, problem, decision, toHost);
        return true;
      } catch (error) {
        if (error instanceof LeaseLostError) {
          this.log.warn(error.message);
          return false;
        }
        const what = toHost ? 'reported to the host' : 'written down';
        this.log.error(`${problem.code} of record ${run.record.id} was not ${what}`, (error as Error).stack);
      }
    }
    return false;
  }

  private async writeFailure(run: SyncRun, problem: TaxProblem, decision: RetryDecision, toHost: boolean) {
    const { record, reference } = run;
    const { next } = decision;
    const dueAt = next === 'retrying' ? decision.at : null;
    await this.em.transactional(async (em) => {
      if (toHost && run.loaded)
        await this.host.reportProblem(reference, { ...problem, next, ...(dueAt !== null && { retryAt: dueAt }) });
      const now = this.clock.now();
      const changes = {
        connection: run.connection.id,
        failures: record.failures + 1,
        firstFailedAt: record.firstFailedAt ?? now,
        doubtfulParts: run.doubtfulParts,
        problem,
        problemCode: problem.code,
      };
      await this.leases.finish(em, record, { status: next, dueAt, changes }, now);
      await em.nativeDelete(TaxSyncWait, { record: record.id });
      const waits = waitsOf(decision).map((wait) => ({ id: uuidv7(), record: record.id, ...wait }));
      if (waits.length > 0) await em.insertMany(TaxSyncWait, waits);
      await this.attempt(em, run, next, now, problem);
    });
  }

  private async apply(
    { reference, loaded }: SyncRun,
    calculation: TaxCalculation | undefined,
    transactionIds: readonly string[],
  ): Promise<void> {
    if (!calculation || !loaded) return;
    const { version } = loaded;
    if ((await this.host.applyTaxes(reference, { calculation, version, transactionIds })) === 'stale')
      throw new DocumentChangedError(reference.kind, reference.id);
  }

  private async hold(em: EntityManager, run: SyncRun, { recorded, voided }: RunOutcome, now: Date): Promise<void> {
    for (const draft of run.drafts) {
      const answer = recorded.get(draft.transactionId);
      if (!answer) continue;
      const row = {
        id: uuidv7(),
        record: run.record.id,
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
    if (voided.length === 0) return;
    const gone = { record: run.record.id, transactionId: { $in: [...voided] } };
    await em.nativeUpdate(HeldTransaction, gone, { state: 'voided', updatedAt: now });
  }

  private async attempt(
    em: EntityManager,
    run: SyncRun,
    outcome: AttemptOutcome,
    now: Date,
    problem?: TaxProblem,
  ): Promise<void> {
    await em.insert(TaxSyncAttempt, {
      id: uuidv7(),
      record: run.record.id,
      startedAt: run.startedAt,
      durationMs: now.getTime() - run.startedAt.getTime(),
      outcome,
      problemCode: problem?.code ?? null,
      problemMessage: problem?.message ?? null,
      exchanges: run.exchanges,
    });
  }

  /** What happened is written by now; a listener that throws changes nothing of it. */
  private async tell(event: string, payload: object): Promise<void> {
    try {
      await this.events.emitAsync(event, payload);
    } catch (error) {
      this.log.error(`A listener of ${event} failed`, (error as Error).stack);
    }
  }
}

function synced(run: SyncRun, { calculation }: RunOutcome, now: Date) {
  return {
    connection: run.connection.id,
    failures: 0,
    firstFailedAt: null,
    doubtfulParts: 0,
    problem: null,
    problemCode: null,
    currency: calculation?.currency ?? null,
    taxAmount: calculation?.taxAmountToCollect ?? null,
    syncedAt: now,
  };
}

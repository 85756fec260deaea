import { AnrokCancelledError, type AnrokComputedTransaction, type AnrokRecordedTransaction } from '@anrok-nest/client';
import { EntityManager, RequestContext } from '@mikro-orm/core';
import { Injectable } from '@nestjs/common';
import { Clock } from '../clock.js';
import { AnrokTaxOptions } from '../options/resolve-options.js';
import type { ClaimedRecord } from '../records/claimed-record.js';
import { type RunResult, SyncTelemetry } from '../telemetry/sync.telemetry.js';
import { NextGeneration } from './next-generation.js';
import type { SyncStep } from './plan-sync.js';
import { FrozenForFilingError, SyncAbandonedError } from './sync.error.js';
import { SyncPlanner } from './sync.planner.js';
import { type RunOutcome, SyncRun, type Undone } from './sync-run.js';
import { LeaseLostError, TaxSyncLeases } from './tax-sync.leases.js';
import { TaxSyncResults } from './tax-sync.results.js';
import { TransactionSteps } from './transaction-steps.js';

/** After so many processes that ended in the middle of it, a document is not tried any more: it may be what ends them. */
const MOST_TAKEOVERS = 5;

/** Brings one record from claimed to done: the only place where the order of the steps is written. */
@Injectable()
export class TaxSyncProcessor {
  constructor(
    private readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly options: AnrokTaxOptions,
    private readonly planner: SyncPlanner,
    private readonly steps: TransactionSteps,
    private readonly generations: NextGeneration,
    private readonly leases: TaxSyncLeases,
    private readonly results: TaxSyncResults,
    private readonly telemetry: SyncTelemetry,
  ) {}

  /**
   * Never throws what is the document's fault.
   *
   * @param signal ends the run early; the record is then given back
   * @param onAnswered called when all that is left to do is to write down what Anrok answered
   */
  async process(record: ClaimedRecord, signal: AbortSignal, onAnswered = () => {}): Promise<RunResult> {
    const run = new SyncRun(record, this.clock.now(), signal);
    const observed = { recordId: record.id, document: run.reference, connectionCode: record.connection.code };
    return this.telemetry.around(observed, () =>
      RequestContext.create(this.em, () => this.bringToEnd(run, onAnswered)),
    );
  }

  private async bringToEnd(run: SyncRun, onAnswered: () => void): Promise<RunResult> {
    try {
      if (run.record.takeovers > MOST_TAKEOVERS) throw new SyncAbandonedError(run.record.takeovers);
      const outcome = await this.carryOut(run);
      onAnswered();
      await this.results.succeed(run, outcome);
      return { result: 'applied' };
    } catch (error) {
      return this.endEarly(run, error);
    }
  }

  private async endEarly(run: SyncRun, error: unknown): Promise<RunResult> {
    if (error instanceof AnrokCancelledError) {
      const { doubtfulParts, unansweredAt } = run;
      await this.leases.release(run.record, this.clock.now(), { doubtfulParts, unansweredAt });
      return { result: 'given_back' };
    }
    return error instanceof LeaseLostError ? this.results.overtaken(run) : this.results.fail(run, error);
  }

  private async carryOut(run: SyncRun): Promise<RunOutcome> {
    try {
      return await this.bring(run);
    } catch (error) {
      if (!(error instanceof FrozenForFilingError)) throw error;
      // once in a run: the ids of a new generation are new to Anrok, so that a second time is not to be expected
      await this.generations.begin(run, error.transactionId);
      return this.bring(run);
    }
  }

  /** Brings Anrok to what the document is now. */
  private async bring(run: SyncRun): Promise<RunOutcome> {
    const { target, held, steps, asked } = await this.planner.plan(run);
    const answers: AnrokComputedTransaction[] = [];
    for (const draft of asked) answers.push(await this.steps.compute(run, draft));
    if (asked.length > 0) target.assertAsCharged?.(answers);
    await this.announce(run, steps);

    const recorded = new Map<string, AnrokRecordedTransaction>();
    const undone = new Map<string, Undone>();
    for (const step of steps) {
      if (step.kind === 'undo') undone.set(step.transactionId, await this.steps.undo(run, step));
      else recorded.set(step.draft.transactionId, await this.steps.record(run, step));
    }
    const known = new Map([...held.map((one) => [one.transactionId, one.answer] as const), ...recorded]);
    const calculation = target.calculate?.(target.drafts.map((draft) => known.get(draft.transactionId)!));
    return { recorded, undone, ...(calculation && { calculation }) };
  }

  /**
   * A lease that runs out is taken as one part that the record's connection may hold. What differs from that has to be
   * written down before anything is sent, or a crash would leave parts at Anrok that nobody knows of.
   */
  private async announce(run: SyncRun, steps: readonly SyncStep[]): Promise<void> {
    const parts = steps.filter((step) => step.kind === 'record').length;
    if (parts <= 1 && run.connection.id === run.record.connection.id) return;
    const doubtfulParts = Math.max(parts, run.record.doubtfulParts);
    const leaseEnd = new Date(this.clock.now().getTime() + this.options.worker.leaseMs);
    await this.leases.renew(run.record, leaseEnd, { connection: run.connection.id, doubtfulParts });
  }
}

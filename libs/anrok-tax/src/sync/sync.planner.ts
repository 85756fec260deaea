import { Injectable } from '@nestjs/common';
import { ConnectionPausedError } from '../connection/connection.error.js';
import type { TransactionDraft } from '../mapping/to-anrok-transactions.js';
import { toTransactionId } from '../mapping/transaction-id.js';
import { AnrokTaxOptions } from '../options/resolve-options.js';
import type { HeldTransaction } from '../records/held-transaction.entity.js';
import { NextGeneration } from './next-generation.js';
import { needsNextGeneration, planSync, type SyncStep } from './plan-sync.js';
import { RunReads } from './run-reads.js';
import type { SyncRun } from './sync-run.js';
import type { SyncTarget } from './sync-target.js';
import { SyncTargets } from './sync-targets.js';

/** What there is to be done about a document. */
export interface SyncPlan {
  readonly target: SyncTarget;
  readonly held: readonly HeldTransaction[];
  readonly steps: readonly SyncStep[];
  /** What Anrok is asked to compute before anything is recorded: a credit note, so that it gives back what was charged. */
  readonly asked: readonly TransactionDraft[];
}

/** Finds out what a run has to do. Asks nothing of Anrok: a dry run goes no further. */
@Injectable()
export class SyncPlanner {
  constructor(
    private readonly options: AnrokTaxOptions,
    private readonly reads: RunReads,
    private readonly targets: SyncTargets,
    private readonly generations: NextGeneration,
  ) {}

  /**
   * Needs a request context. What it found it leaves on the run too, also when it throws. Begins the next generation
   * where one has to begin before anything is sent; a dry run only counts its steps.
   *
   * @throws ConnectionPausedError where there is something to do, and whatever the mapping throws
   * @throws LeaseLostError
   */
  async plan(run: SyncRun): Promise<SyncPlan> {
    const plan = await this.asOfNow(run);
    if (run.mode === 'dry' || !needsNextGeneration({ target: plan.target.drafts, held: plan.held })) return plan;
    await this.generations.begin(run);
    return this.asOfNow(run);
  }

  private async asOfNow(run: SyncRun): Promise<SyncPlan> {
    const { customerId } = run;
    const [held, link] = await Promise.all([this.heldOf(run), this.reads.link(customerId)]);
    run.link = link;
    const target = await this.targets.of(run, held);
    run.drafts = target.drafts;
    run.connection = target.connection;
    const steps = planSync({ target: target.drafts, held, doubtful: this.doubtfulIds(run) });
    const { code, pausedAt, pausedProblem } = run.connection;
    if (pausedAt && steps.length > 0) throw new ConnectionPausedError(code, pausedProblem);
    const asked = target.assertAsCharged && steps.some(({ kind }) => kind === 'record') ? target.drafts : [];
    return { target, held, steps, asked };
  }

  /** What is written down with the first success, or when a generation is begun; most documents are new, and have none. */
  private heldOf({ record, generation }: SyncRun): readonly HeldTransaction[] | Promise<readonly HeldTransaction[]> {
    return record.syncedAt || generation > 1 ? this.reads.held(record.id) : [];
  }

  private doubtfulIds({ record, generation }: SyncRun): string[] {
    const document = { kind: record.documentKind, id: record.documentId };
    return Array.from({ length: record.doubtfulParts }, (_, index) =>
      toTransactionId(this.options.transactionIdPrefix, document, { part: index + 1, generation }),
    );
  }
}

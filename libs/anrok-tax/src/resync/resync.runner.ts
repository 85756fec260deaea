import { AsyncResource } from 'node:async_hooks';
import { toLoggable } from '@anrok-nest/tax';
import { EntityManager, RequestContext } from '@mikro-orm/core';
import { Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { EventEmitter2 } from '@nestjs/event-emitter';
import { v7 as uuidv7 } from 'uuid';
import { Clock } from '../clock.js';
import { AnrokTaxOptions } from '../options/resolve-options.js';
import { WakeUpChannel } from '../requests/wake-up.channel.js';
import { TaxSyncWorker } from '../sync/tax-sync.worker.js';
import { ResyncBatches } from './resync.batches.js';
import { ResyncDocuments } from './resync.documents.js';
import { ResyncBrokeOffError, ResyncOvertakenError } from './resync.error.js';
import {
  TAX_RESYNC_FINISHED,
  TAX_RESYNC_PROGRESS,
  TaxResyncFinished,
  TaxResyncProgress,
  toStanding,
} from './resync.events.js';
import type { ResyncRun, ResyncRunStatus } from './resync-run.entity.js';
import { ResyncRuns } from './resync.runs.js';

/** How often it looks whether a batch is done. */
const BATCH_POLL_MS = 250;

/** How long a run tries to take its next step. */
const GIVE_UP_AFTER_MS = 10 * 60_000;

/** What came of a look at a run. `waiting`: for its batch. `stuck`: the step failed; another look may take it. */
type Step = 'moved' | 'waiting' | 'stuck';

/**
 * Drives the runs, in processes that work: step by step, each written down before the next, so that whoever takes over
 * a run goes on where it was.
 */
@Injectable()
export class ResyncRunner implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly log = new Logger(ResyncRunner.name);
  private readonly owner = uuidv7();
  private working: Promise<void> | undefined;
  private lookAgain = false;
  private stopping = false;
  private cancelTimer = () => {};
  /** As if from here: whoever starts a run may have a transaction open, which would travel along. */
  private readonly workFromHere = AsyncResource.bind(() => this.work());

  constructor(
    private readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly options: AnrokTaxOptions,
    private readonly runs: ResyncRuns,
    private readonly documents: ResyncDocuments,
    private readonly batches: ResyncBatches,
    private readonly worker: TaxSyncWorker,
    private readonly events: EventEmitter2,
    private readonly channel: WakeUpChannel,
  ) {}

  onApplicationBootstrap(): void {
    if (!this.options.worker.enabled) return;
    this.channel.listen(() => this.look(), 'resyncs');
    this.look();
  }

  /** The run goes on in another process, or in this one when it starts again. */
  async beforeApplicationShutdown(): Promise<void> {
    this.stopping = true;
    this.cancelTimer();
    await this.working;
    await this.runs.release(this.owner);
  }

  /** Looks for steps to take now; it also does so by itself, now and then. */
  look(): void {
    if (!this.options.worker.enabled || this.stopping) return;
    this.lookAgain = this.working !== undefined;
    if (this.working) return;
    this.cancelTimer();
    this.working = this.workFromHere().finally(() => {
      this.working = undefined;
      if (this.lookAgain) this.look();
    });
  }

  /**
   * Works until no run can go on: all are done, or wait for documents that are not due. For scripts and tests that
   * switch the worker off.
   */
  async drain(): Promise<void> {
    // also what no run waits for: a resync that passes everything by has no batch
    for (let waiting = true; waiting;) {
      waiting = await this.goOn();
      if ((await this.worker.drain()) === 0) break;
    }
  }

  private async work(): Promise<void> {
    let pause = this.options.worker.pollIntervalMs;
    try {
      pause = (await this.goOn()) ? BATCH_POLL_MS : await this.idleMs();
    } catch (error) {
      // the database may be away; the next look is as far away as any
      const { stack, ...what } = toLoggable(error);
      this.log.error('Resyncs could not be driven', what, stack);
    }
    if (!this.stopping) this.cancelTimer = this.clock.after(pause, () => this.look());
  }

  /** For how long it need not look by itself: where nobody drives a run and it is told of the next one, for long. */
  private async idleMs(): Promise<number> {
    const { pollIntervalMs, idleIntervalMs } = this.options.worker;
    if (!this.channel.hears || (await this.runs.isAnyActive())) return pollIntervalMs;
    return Math.max(pollIntervalMs, idleIntervalMs);
  }

  /** Takes all steps that can be taken, and answers whether there is a run that waits for its batch. */
  private async goOn(): Promise<boolean> {
    while (!this.stopping) {
      const steps: Step[] = [];
      for (const run of await this.runs.claim(this.owner)) steps.push(await this.step(run));
      if (!steps.includes('moved')) return steps.includes('waiting');
    }
    return false;
  }

  private async step(run: ResyncRun): Promise<Step> {
    const { revision, stuckSince } = run;
    try {
      return await RequestContext.create(this.em, () => this.takeStep(run));
    } catch (error) {
      // what was not committed has moved it all the same
      Object.assign(run, { revision, stuckSince });
      if (!(error instanceof ResyncOvertakenError)) return this.stumble(run, error);
      this.log.warn('A resync goes on elsewhere', { resyncId: run.id });
      return 'moved';
    }
  }

  private async takeStep(run: ResyncRun): Promise<Step> {
    if (run.batch) {
      if (!(await this.batches.settle(run, run.batch))) return 'waiting';
      await this.tell(TAX_RESYNC_PROGRESS, new TaxResyncProgress(toStanding(run)));
    } else if (run.status === 'cancelling') await this.finish(run, 'cancelled');
    else if (run.cursor.source === 'end') await this.finish(run, 'completed');
    else await this.takePage(run);
    return 'moved';
  }

  private async takePage(run: ResyncRun): Promise<void> {
    const page = await this.documents.page(run.filter, run.cursor, this.options.resync.batchSize);
    await this.batches.take(run, page);
    if (page.unchanged > 0) await this.tell(TAX_RESYNC_PROGRESS, new TaxResyncProgress(toStanding(run)));
  }

  /** A host or a database may be away for a while; a run that can't go on for long is given up. */
  private async stumble(run: ResyncRun, error: unknown): Promise<Step> {
    const { stack, ...what } = toLoggable(error);
    this.log.error('A resync could not take its next step', { resyncId: run.id, ...what }, stack);
    const now = this.clock.now();
    const since = run.stuckSince ?? now;
    if (now.getTime() - since.getTime() < GIVE_UP_AFTER_MS)
      await this.runs.move(this.em.fork(), run, { stuckSince: since });
    else await this.finish(run, 'failed', { problem: new ResyncBrokeOffError(error).problem });
    return 'stuck';
  }

  private async finish(run: ResyncRun, status: ResyncRunStatus, changes: Pick<Partial<ResyncRun>, 'problem'> = {}) {
    const end = { status, finishedAt: this.clock.now(), leaseOwner: null, leaseUntil: null, ...changes };
    await this.runs.move(this.em.fork(), run, end);
    await this.tell(TAX_RESYNC_FINISHED, new TaxResyncFinished(toStanding(run)));
  }

  /** What happened is written by now; a listener that throws changes nothing of it. */
  private async tell(event: string, payload: object): Promise<void> {
    try {
      await this.events.emitAsync(event, payload);
    } catch (error) {
      const { stack, ...what } = toLoggable(error);
      this.log.error('A listener failed', { event, ...what }, stack);
    }
  }
}

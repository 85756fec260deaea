import { toLoggable } from '@anrok-nest/tax';
import { Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { Clock } from '../clock.js';
import { AnrokTaxOptions } from '../options/resolve-options.js';
import { TaxSyncLeases } from './tax-sync.leases.js';
import { TaxSyncProcessor } from './tax-sync.processor.js';
import type { TaxSyncRecord } from '../records/tax-sync-record.entity.js';
import { WakeUp } from '../requests/wake-up.js';

/** A document that is being worked on. */
interface Work {
  readonly record: TaxSyncRecord;
  /** Whether nothing else may be worked on meanwhile. */
  readonly isAlone: boolean;
  done: Promise<void>;
}

/**
 * Works off what is due, some documents at a time. Looks when it is woken, when it has finished something, and every
 * now and then by itself, so that a lost wake-up costs latency and never work.
 */
@Injectable()
export class TaxSyncWorker implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly log = new Logger(TaxSyncWorker.name);
  private readonly active = new Set<Work>();
  private readonly stopping = new AbortController();
  private looking: Promise<void> | undefined;
  private lookAgain = false;
  private cancelTimer = () => {};

  constructor(
    private readonly clock: Clock,
    private readonly options: AnrokTaxOptions,
    private readonly leases: TaxSyncLeases,
    private readonly processor: TaxSyncProcessor,
    private readonly wakeUp: WakeUp,
  ) {}

  onApplicationBootstrap(): void {
    if (!this.options.worker.enabled) return;
    this.wakeUp.onRing(() => this.look());
    this.look();
  }

  /**
   * Ends calls that are on their way and gives their records back; what is past the call is finished. Before the
   * shutdown proper, in which MikroORM closes the database.
   */
  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    this.cancelTimer();
    await this.looking;
    await Promise.all([...this.active].map(({ done }) => done));
  }

  /**
   * Works until nothing is due any more or the application shuts down, and answers how many documents that were. For
   * scripts and tests that switch the worker off and call it when they want it to work.
   */
  async drain(): Promise<number> {
    let total = 0;
    // what is cut off by a shutdown is given back, and due at once
    while (!this.stopping.signal.aborted) {
      const suspect = await this.claimSuspect();
      const claimed = suspect ? [suspect] : await this.claim(this.options.worker.concurrency);
      if (claimed.length === 0) break;
      total += claimed.length;
      await Promise.all(claimed.map((record) => this.process(record)));
    }
    return total;
  }

  private look(): void {
    if (this.stopping.signal.aborted) return;
    this.lookAgain = true;
    this.looking ??= this.fill().finally(() => {
      this.looking = undefined;
      if (this.lookAgain) this.look();
    });
  }

  /** Claims as much as there are free places, for as long as somebody asked for another look meanwhile. */
  private async fill(): Promise<void> {
    this.cancelTimer();
    while (this.lookAgain && !this.stopping.signal.aborted) {
      this.lookAgain = false;
      const free = this.options.worker.concurrency - this.active.size;
      if (free === 0) break;
      try {
        if (!(await this.claimNext(free))) break;
      } catch (error) {
        // the database may be away; the next look is as far away as any
        const { stack, ...what } = toLoggable(error);
        this.log.error('Due documents could not be claimed', what, stack);
      }
    }
    await this.sleep();
  }

  /**
   * What may have ended other processes is begun when nothing else is being worked on, and nothing else is begun beside
   * it. For as long as their leases last: what hangs longer than that keeps nobody from anything.
   *
   * @returns false when nothing may be begun now
   */
  private async claimNext(free: number): Promise<boolean> {
    const now = this.clock.now();
    const held = [...this.active].filter(({ record }) => record.dueAt && record.dueAt > now);
    if (held.some(({ isAlone }) => isAlone)) return false;
    if (await this.leases.isSuspectDue(now)) {
      if (held.length > 0) return false;
      const suspect = await this.claimSuspect();
      if (suspect) {
        this.begin(suspect, true);
        return false;
      }
    }
    for (const record of await this.claim(free)) this.begin(record, false);
    return true;
  }

  /** Until somebody rings or something becomes due; where nobody would ring, not for long. */
  private async sleep(): Promise<void> {
    const { pollIntervalMs, idleIntervalMs } = this.options.worker;
    const dueInMs = this.wakeUp.isShared ? await this.dueInMs() : 0;
    // what is due and was not claimed is locked by somebody: no reason to look without a pause
    const pauseMs = Math.max(pollIntervalMs, Math.min(dueInMs, idleIntervalMs));
    if (!this.stopping.signal.aborted) this.cancelTimer = this.clock.after(pauseMs, () => this.look());
  }

  private async dueInMs(): Promise<number> {
    try {
      const next = await this.leases.nextDueAt();
      return next ? next.getTime() - this.clock.now().getTime() : Infinity;
    } catch (error) {
      const { stack, ...what } = toLoggable(error);
      this.log.error('The next due document could not be read', what, stack);
      return 0;
    }
  }

  private begin(record: TaxSyncRecord, isAlone: boolean): void {
    const work: Work = { record, isAlone, done: Promise.resolve() };
    this.active.add(work);
    work.done = this.process(record).finally(() => {
      this.active.delete(work);
      this.look();
    });
  }

  private claimSuspect(): Promise<TaxSyncRecord | undefined> {
    return this.leases.claimSuspect(this.clock.now(), this.options.worker.leaseMs);
  }

  private claim(limit: number): Promise<TaxSyncRecord[]> {
    return this.leases.claim(limit, this.clock.now(), this.options.worker.leaseMs);
  }

  private async process(record: TaxSyncRecord): Promise<void> {
    try {
      await this.processor.process(record, this.stopping.signal);
    } catch (error) {
      // the lease stays, and with it the promise that somebody takes the work over
      const { stack, ...what } = toLoggable(error);
      this.log.error('A sync broke off', { recordId: record.id, ...what }, stack);
    }
  }
}

import { toLoggable } from '@anrok-nest/tax';
import { EntityManager } from '@mikro-orm/core';
import { type BeforeApplicationShutdown, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { Clock } from '../clock.js';
import { AnrokTaxOptions } from '../options/resolve-options.js';
import { ResyncRun } from '../resync/resync-run.entity.js';
import { FinishedRecords } from './finished-records.js';
import { OldAttempts } from './old-attempts.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** The host loads what is in these: an hour later it goes on where it was. */
const MOST_PORTIONS_OF_RECORDS = 40;

/** Deletes what is older than anybody wants to read, every hour, in processes that work. */
@Injectable()
export class RetentionService implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly log = new Logger(RetentionService.name);
  private pruning: Promise<void> | undefined;
  private readonly stopping = new AbortController();
  private cancelTimer = () => {};

  constructor(
    private readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly options: AnrokTaxOptions,
    private readonly records: FinishedRecords,
    private readonly attempts: OldAttempts,
  ) {}

  onApplicationBootstrap(): void {
    if (this.options.worker.enabled) this.wait();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    this.cancelTimer();
    await this.pruning;
  }

  /** Answers how many that were. Any number of processes may do it at the same time. */
  async prune(): Promise<{ attempts: number; resyncRuns: number; records: number }> {
    return {
      records: await this.pruneRecords(),
      attempts: await this.attempts.prune(this.daysAgo(this.options.retention.attemptDays), this.stopping.signal),
      resyncRuns: await this.pruneResyncRuns(),
    };
  }

  private wait(): void {
    this.cancelTimer = this.clock.after(HOUR_MS, () => {
      this.pruning = this.pruneQuietly();
    });
  }

  private async pruneQuietly(): Promise<void> {
    try {
      const pruned = await this.prune();
      if (Object.values(pruned).some((count) => count > 0)) this.log.log('Deleted what is old', pruned);
    } catch (error) {
      const { stack, ...what } = toLoggable(error);
      this.log.error('What is old could not be deleted', what, stack);
    }
    if (!this.stopping.signal.aborted) this.wait();
  }

  private async pruneRecords(): Promise<number> {
    const { recordDays } = this.options.retention;
    if (recordDays === null) return 0;
    let total = 0;
    for (let portion = 0; portion < MOST_PORTIONS_OF_RECORDS && !this.stopping.signal.aborted; portion += 1) {
      total += await this.records.pruneNext(this.daysAgo(recordDays));
      if (this.records.isAtTheEnd) break;
    }
    return total;
  }

  /** They are few: some a day. */
  private pruneResyncRuns(): Promise<number> {
    const finishedAt = { $lt: this.daysAgo(this.options.retention.resyncRunDays) };
    return this.em.fork().nativeDelete(ResyncRun, { finishedAt });
  }

  private daysAgo(days: number): Date {
    return new Date(this.clock.now().getTime() - days * DAY_MS);
  }
}

import { toLoggable } from '@anrok-nest/tax';
import { EntityManager, LockMode, raw } from '@mikro-orm/core';
import { SqlitePlatform } from '@mikro-orm/sql';
import { type BeforeApplicationShutdown, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { Clock } from '../clock.js';
import { AnrokTaxOptions } from '../options/resolve-options.js';
import { TaxSyncAttempt } from '../records/tax-sync-attempt.entity.js';
import { ResyncRun } from '../resync/resync-run.entity.js';
import { FinishedRecords } from './finished-records.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Rows deleted at a time, so that nobody waits long behind them. */
const PORTION = 1_000;

/** The host loads what is in these: an hour later it goes on where it was. */
const MOST_PORTIONS_OF_RECORDS = 40;

/** What no portion has looked at yet. */
type Rest = { readonly id?: { readonly $gt: string } };

/** Deletes what is older than anybody wants to read, every hour, in processes that work. */
@Injectable()
export class RetentionService implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly log = new Logger(RetentionService.name);
  private pruning: Promise<void> | undefined;
  private isStopping = false;
  private cancelTimer = () => {};

  constructor(
    private readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly options: AnrokTaxOptions,
    private readonly records: FinishedRecords,
  ) {}

  onApplicationBootstrap(): void {
    if (this.options.worker.enabled) this.wait();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.isStopping = true;
    this.cancelTimer();
    await this.pruning;
  }

  /** Answers how many that were. Any number of processes may do it at the same time. */
  async prune(): Promise<{ attempts: number; resyncRuns: number; records: number }> {
    return {
      records: await this.pruneRecords(),
      attempts: await this.inPortions((em, rest) => this.deleteAttempts(em, rest)),
      resyncRuns: await this.inPortions((em, rest) => this.deleteResyncRuns(em, rest)),
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
    if (!this.isStopping) this.wait();
  }

  /** Each goes on where the one before ended: what has to stay, most of what is old, is looked at once and not every time. */
  private async inPortions(deleteSome: (em: EntityManager, rest: Rest) => Promise<string[]>): Promise<number> {
    let total = 0;
    let rest: Rest = {};
    while (!this.isStopping) {
      const at = rest;
      const ids = await this.em.fork().transactional((em) => deleteSome(em, at));
      total += ids.length;
      if (ids.length < PORTION) break;
      rest = { id: { $gt: ids.at(-1)! } };
    }
    return total;
  }

  private async pruneRecords(): Promise<number> {
    const { recordDays } = this.options.retention;
    if (recordDays === null) return 0;
    let total = 0;
    for (let portion = 0; portion < MOST_PORTIONS_OF_RECORDS && !this.isStopping; portion += 1) {
      total += await this.records.pruneNext(this.daysAgo(recordDays));
      if (this.records.isAtTheEnd) break;
    }
    return total;
  }

  private async deleteAttempts(em: EntityManager, rest: Rest): Promise<string[]> {
    const isFollowed = raw(
      (old) =>
        `exists (select 1 from anrok_sync_attempt later where later.record_id = ${old}.record_id and later.id > ${old}.id)`,
    );
    const old = { ...rest, startedAt: { $lt: this.daysAgo(this.options.retention.attemptDays) }, [isFollowed]: [] };
    const ids = (await em.find(TaxSyncAttempt, old, { fields: ['id'], ...portionOf(em) })).map(({ id }) => id);
    await em.nativeDelete(TaxSyncAttempt, { id: { $in: ids } });
    return ids;
  }

  private async deleteResyncRuns(em: EntityManager, rest: Rest): Promise<string[]> {
    const old = { ...rest, finishedAt: { $lt: this.daysAgo(this.options.retention.resyncRunDays) } };
    const ids = (await em.find(ResyncRun, old, { fields: ['id'], ...portionOf(em) })).map(({ id }) => id);
    await em.nativeDelete(ResyncRun, { id: { $in: ids } });
    return ids;
  }

  private daysAgo(days: number): Date {
    return new Date(this.clock.now().getTime() - days * DAY_MS);
  }
}

function portionOf(em: EntityManager) {
  const portion = { orderBy: { id: 'asc' }, limit: PORTION } as const;
  // another process may be at the same; SQLite has one writer at a time
  return em.getPlatform() instanceof SqlitePlatform
    ? portion
    : { ...portion, lockMode: LockMode.PESSIMISTIC_PARTIAL_WRITE as const };
}

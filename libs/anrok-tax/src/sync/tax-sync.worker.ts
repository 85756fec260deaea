import { setTimeout } from 'node:timers/promises';
import { toLoggable } from '@anrok-nest/tax';
import { Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { Clock } from '../clock.js';
import { AnrokTaxOptions } from '../options/resolve-options.js';
import type { ClaimedRecord } from '../records/claimed-record.js';
import { WakeUp } from '../requests/wake-up.js';
import { pauseBetweenLooks } from './pause-between-looks.js';
import { SyncHandover } from './sync-handover.js';
import type { WorkResult } from './sync-dispatch.js';
import { TaxSyncLeases } from './tax-sync.leases.js';
import { TaxSyncRuns } from './tax-sync.runs.js';

/** A claim costs about as much for one document as for many. Short beside a call to Anrok. */
const GATHER_MS = 10;

/**
 * Works off what is due, some documents at a time. Looks when it is woken, when it has finished something, and every
 * now and then by itself, so that a lost wake-up costs latency and never work. Where there is a dispatch, what it finds
 * in these looks goes there, and it works on what it is delivered from there; suspects it takes by itself all the same.
 */
@Injectable()
export class TaxSyncWorker implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly log = new Logger(TaxSyncWorker.name);
  private looking: Promise<void> | undefined;
  private lookAgain = false;
  private noSuspectAt = -Infinity;
  /** Whether something ended since the last look that may have made something due. */
  private lookSoon = false;
  private lastClaimed = 0;
  private askedForHelpAt = -Infinity;
  private onHalfFree = () => {};
  /** Looks in a row that found nothing. */
  private fruitless = 0;
  private timer: { readonly at: number; readonly cancel: () => void } | undefined;

  constructor(
    private readonly clock: Clock,
    private readonly options: AnrokTaxOptions,
    private readonly leases: TaxSyncLeases,
    private readonly runs: TaxSyncRuns,
    private readonly wakeUp: WakeUp,
    private readonly handover: SyncHandover,
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
    this.runs.stop();
    this.timer?.cancel();
    await this.looking;
    await this.runs.ended();
    await this.handover.close(this.options.worker.enabled);
    await this.wakeUp.giveUp();
  }

  /**
   * Works until nothing is due any more or the application shuts down, and answers how many documents that were. For
   * scripts and tests that switch the worker off and call it when they want it to work.
   */
  async drain(): Promise<number> {
    let total = 0;
    // what is cut off by a shutdown is given back, and due at once
    while (!this.runs.isStopping) {
      const suspect = await this.claimSuspect();
      const claimed = suspect ? [suspect] : await this.claim(this.options.worker.concurrency);
      if (claimed.length === 0) break;
      total += claimed.length;
      await Promise.all(claimed.map((record) => this.runs.process(record)));
    }
    return total;
  }

  private look(): void {
    if (this.runs.isStopping) return;
    this.lookAgain = true;
    if (this.runs.isHalfFree) this.onHalfFree();
    this.looking ??= this.fill().finally(() => {
      this.looking = undefined;
      if (this.lookAgain) this.look();
    });
  }

  /** Claims as much as there are free places, for as long as somebody asked for another look meanwhile. */
  private async fill(): Promise<void> {
    this.timer?.cancel();
    this.timer = undefined;
    let isFull = false;
    while (this.lookAgain && !this.runs.isStopping) {
      await this.gather();
      this.lookAgain = false;
      this.lookSoon = false;
      try {
        isFull = !(await this.takeNext());
        if (isFull) break;
      } catch (error) {
        // the database may be away; the next look is as far away as any
        const { stack, ...what } = toLoggable(error);
        this.log.error('Due documents could not be claimed', what, stack);
      }
    }
    // the next end of a run is the next look
    if (isFull && this.runs.size > 0) {
      this.lookIn(this.options.worker.pollIntervalMs);
      this.askForHelp();
    } else await this.sleep();
  }

  /** Who has his hands full tells others, who are not told of work that a process with a worker leaves to itself. */
  private askForHelp(): void {
    const now = this.clock.now().getTime();
    if (now - this.askedForHelpAt < this.options.worker.pollIntervalMs) return;
    this.askedForHelpAt = now;
    void this.wakeUp.ringOthers();
  }

  /** Where several come at a time, those that end at about the same time are replaced together. */
  private async gather(): Promise<void> {
    if (this.runs.size === 0 || this.lastClaimed <= 1 || this.runs.isHalfFree) return;
    const halfFree = Promise.withResolvers<void>();
    this.onHalfFree = halfFree.resolve;
    await Promise.race([halfFree.promise, setTimeout(GATHER_MS)]);
    this.onHalfFree = () => {};
  }

  /**
   * What may have ended other processes is begun when nothing else is being worked on, and nothing else is begun beside
   * it. For as long as their leases last: what hangs longer than that keeps nobody from anything.
   *
   * @returns false when nothing more may be begun now
   */
  private async takeNext(): Promise<boolean> {
    const free = this.runs.places;
    if (free <= 0 && !this.handover.delivers) return false;
    if (this.runs.isOneAlone) return false;
    if (await this.isSuspectDue()) {
      if (!this.runs.reserve()) return false;
      const suspect = await this.claimSuspect();
      if (suspect) {
        this.begin(suspect, true);
        return false;
      }
    }
    this.runs.open();
    if (this.handover.delivers) {
      await this.sweep();
      return true;
    }
    const claimed = await this.claim(free);
    this.lastClaimed = claimed.length;
    this.fruitless = claimed.length > 0 ? 0 : this.fruitless + 1;
    for (const record of claimed) this.begin(record, false);
    return claimed.length < free;
  }

  /** Who left a suspect is gone for the time of a lease already: that not every look asks for them delays none by much. */
  private async isSuspectDue(): Promise<boolean> {
    const now = this.clock.now();
    const sinceMs = now.getTime() - this.noSuspectAt;
    if (sinceMs >= 0 && sinceMs < this.options.worker.pollIntervalMs) return false;
    const isDue = await this.leases.isSuspectDue(now);
    if (!isDue) this.noSuspectAt = now.getTime();
    return isDue;
  }

  private sweep(): Promise<void> {
    const { concurrency } = this.options.worker;
    return this.handover.sweep({ concurrency, work: (recordId) => this.workOn(recordId) });
  }

  /** On what was delivered. */
  private async workOn(recordId: string): Promise<WorkResult> {
    try {
      return await this.runs.workOn(recordId);
    } catch (error) {
      const { stack, ...what } = toLoggable(error);
      this.log.error('A due document could not be claimed', { recordId, ...what }, stack);
      return { result: 'broke_off' };
    } finally {
      this.wasDelivered();
    }
  }

  /** Looks at once only where something waits for the end: under load, a look for every document would be too much. */
  private wasDelivered(): void {
    this.lookSoon = true;
    if (this.runs.isReserved) this.look();
    else if (!this.looking) this.lookIn(this.options.worker.pollIntervalMs);
  }

  /** Until somebody rings or something becomes due. */
  private async sleep(): Promise<void> {
    const idleness = { isTold: this.wakeUp.isShared, dueInMs: await this.dueInMs(), fruitless: this.fruitless };
    this.lookIn(pauseBetweenLooks(this.lookSoon ? { ...idleness, dueInMs: 0 } : idleness, this.options.worker));
  }

  /** Or before, where it was to look before. */
  private lookIn(ms: number): void {
    const at = this.clock.now().getTime() + ms;
    if (this.runs.isStopping || (this.timer && this.timer.at <= at)) return;
    this.timer?.cancel();
    this.timer = { at, cancel: this.clock.after(ms, () => this.look()) };
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

  private begin(record: ClaimedRecord, isAlone: boolean): void {
    const look = () => this.look();
    void this.runs.begin(record, isAlone, look).finally(look);
  }

  private claimSuspect(): Promise<ClaimedRecord | undefined> {
    return this.leases.claimSuspect(this.clock.now(), this.options.worker.leaseMs);
  }

  private claim(limit: number): Promise<ClaimedRecord[]> {
    return this.leases.claim(limit, this.clock.now(), this.options.worker.leaseMs);
  }
}

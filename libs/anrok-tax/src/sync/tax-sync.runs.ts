import { toLoggable } from '@anrok-nest/tax';
import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '../clock.js';
import { AnrokTaxOptions } from '../options/resolve-options.js';
import type { ClaimedRecord } from '../records/claimed-record.js';
import type { RunResult } from '../telemetry/sync.telemetry.js';
import { Pace } from './pace.js';
import type { WorkResult } from './sync-dispatch.js';
import { TaxSyncLeases } from './tax-sync.leases.js';
import { TaxSyncProcessor } from './tax-sync.processor.js';

/** Results may wait to be written for so many times as many documents as are worked on at a time. */
const MOST_ANSWERED = 3;

/** A document that is being worked on. */
interface Run {
  readonly record: ClaimedRecord;
  /** Whether nothing else may be worked on meanwhile. */
  readonly isAlone: boolean;
  /** Whether all that is left to do is to write down its result. */
  isAnswered: boolean;
  done: Promise<RunResult>;
}

/** The documents that this process is at. A suspect is worked on with nothing beside it. */
@Injectable()
export class TaxSyncRuns {
  private readonly log = new Logger(TaxSyncRuns.name);
  private readonly active = new Set<Run>();
  private readonly claiming = new Set<Promise<unknown>>();
  private readonly stopping = new AbortController();
  private readonly pace: Pace;
  private reserved: PromiseWithResolvers<void> | undefined;

  constructor(
    private readonly clock: Clock,
    private readonly options: AnrokTaxOptions,
    private readonly leases: TaxSyncLeases,
    private readonly processor: TaxSyncProcessor,
  ) {
    this.pace = new Pace(options.worker.concurrency);
  }

  get size(): number {
    return this.active.size;
  }

  /**
   * How many documents more may be begun. Whose result is about to be written keeps no place: results that come while
   * others are written are written together. But there is an end to how many may wait for that.
   */
  get places(): number {
    let answered = 0;
    for (const { isAnswered } of this.active) if (isAnswered) answered += 1;
    return this.pace.places + Math.min(answered, MOST_ANSWERED * this.options.worker.concurrency) - this.active.size;
  }

  get isHalfFree(): boolean {
    return this.places >= this.pace.places / 2;
  }

  get isStopping(): boolean {
    return this.stopping.signal.aborted;
  }

  /**
   * Works on a claimed document; resolves when that came to its end.
   *
   * @param onPlace called when it keeps its place no longer, which may be before
   */
  begin(record: ClaimedRecord, isAlone: boolean, onPlace = () => {}): Promise<RunResult> {
    const run: Run = { record, isAlone, isAnswered: false, done: Promise.resolve({ result: 'broke_off' }) };
    this.active.add(run);
    const begunAt = this.clock.now().getTime();
    const isOver = () => {
      if (run.isAnswered) return;
      run.isAnswered = true;
      this.pace.took(this.clock.now().getTime() - begunAt);
    };
    const onAnswered = () => {
      isOver();
      onPlace();
    };
    run.done = this.process(record, onAnswered).finally(() => {
      isOver();
      this.active.delete(run);
    });
    return run.done;
  }

  /** Claims a document and works on it, if it is due; for the time that is kept for a suspect, it waits. */
  async workOn(recordId: string): Promise<WorkResult> {
    while (this.reserved && !this.isStopping) await this.reserved.promise;
    if (this.isStopping) return { result: 'not_due' };
    const claim = this.leases.claimOne(recordId, this.clock.now(), this.options.worker.leaseMs);
    this.claiming.add(claim);
    let run: Promise<WorkResult> = Promise.resolve({ result: 'not_due' });
    try {
      const record = await claim;
      if (record) run = this.begin(record, false);
    } finally {
      // not before it is counted among the runs
      this.claiming.delete(claim);
    }
    return run;
  }

  /** Whether a suspect is worked on now. */
  get isOneAlone(): boolean {
    return this.held.some(({ isAlone }) => isAlone);
  }

  /**
   * Keeps the process for a suspect until `open`, and answers whether nothing else is worked on any more. Only counts
   * whose lease has not run out: what hangs longer than that keeps nobody from anything.
   */
  reserve(): boolean {
    this.reserved ??= Promise.withResolvers();
    return this.claiming.size === 0 && this.held.length === 0;
  }

  open(): void {
    this.reserved?.resolve();
    this.reserved = undefined;
  }

  get isReserved(): boolean {
    return this.reserved !== undefined;
  }

  /** Ends calls that are on their way and gives their records back; what is past the call is finished. */
  stop(): void {
    this.stopping.abort();
    this.open();
  }

  /** Resolves when nothing is worked on any more. */
  async ended(): Promise<void> {
    await Promise.allSettled(this.claiming);
    await Promise.all([...this.active].map(({ done }) => done));
  }

  /** Works on a claimed document. Never throws. */
  async process(record: ClaimedRecord, onAnswered?: () => void): Promise<RunResult> {
    try {
      return await this.processor.process(record, this.stopping.signal, onAnswered);
    } catch (error) {
      // the lease stays, and with it the promise that somebody takes the work over
      const { stack, ...what } = toLoggable(error);
      this.log.error('A sync broke off', { recordId: record.id, ...what }, stack);
      return { result: 'broke_off' };
    }
  }

  private get held(): Run[] {
    const now = this.clock.now();
    return [...this.active].filter(({ record }) => record.dueAt && record.dueAt > now);
  }
}

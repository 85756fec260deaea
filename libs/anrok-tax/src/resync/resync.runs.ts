import { type EntityData, EntityManager } from '@mikro-orm/core';
import { type SqlEntityManager, SqlitePlatform } from '@mikro-orm/sql';
import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { Clock } from '../clock.js';
import { joining } from '../joining.js';
import { AnrokTaxOptions } from '../options/resolve-options.js';
import { WakeUpChannel } from '../requests/wake-up.channel.js';
import { ResyncAlreadyRunningError, ResyncOvertakenError } from './resync.error.js';
import { overlap, type ResyncFilter } from './resync-filter.js';
import { BEGINNING, ResyncRun } from './resync-run.entity.js';
import { ResyncDocuments } from './resync.documents.js';

export interface NewResyncRun {
  readonly filter: ResyncFilter;
  readonly requestedBy: string;
  readonly total?: number;
  readonly scheduledFor?: Date;
}

const ACTIVE = { status: { $in: ['running', 'cancelling'] } } as const;

/** The runs as they are stored: begun one at a time, driven by whoever has the lease, moved by compare-and-set. */
@Injectable()
export class ResyncRuns {
  constructor(
    private readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly options: AnrokTaxOptions,
    private readonly documents: ResyncDocuments,
    private readonly channel: WakeUpChannel,
  ) {}

  /**
   * Null when another process has begun the one that is scheduled for that moment.
   *
   * @throws ResyncAlreadyRunningError
   */
  begin({ filter, requestedBy, total, scheduledFor }: NewResyncRun): Promise<ResyncRun | null> {
    return joining(this.em).transactional(async (em) => {
      await oneAtATime(em as SqlEntityManager);
      if (scheduledFor && (await em.count(ResyncRun, { scheduledFor })) > 0) return null;
      const running = await em.find(ResyncRun, ACTIVE, { refresh: true });
      const other = running.find((run) => overlap(run.filter, filter));
      if (other) throw new ResyncAlreadyRunningError(other);
      const run = em.create(ResyncRun, {
        id: uuidv7(),
        status: 'running',
        filter,
        requestedBy: requestedBy.slice(0, 255),
        scheduledFor: scheduledFor ?? null,
        total: total ?? (await this.documents.count(em, filter)),
        done: 0,
        synced: 0,
        unchanged: 0,
        failing: {},
        cursor: BEGINNING,
        revision: 1,
        startedAt: this.clock.now(),
      });
      await em.persist(run).flush();
      await this.channel.tellAtCommit(em as SqlEntityManager, 'resyncs');
      return run;
    });
  }

  /** Takes the runs that nobody drives, prolongs the lease on those that this owner drives, and answers all of them. */
  async claim(owner: string): Promise<ResyncRun[]> {
    const em = this.em.fork();
    const now = this.clock.now();
    const lease = { leaseOwner: owner, leaseUntil: new Date(now.getTime() + this.options.worker.leaseMs) };
    const free = { ...ACTIVE, $or: [{ leaseOwner: owner }, { leaseOwner: null }, { leaseUntil: { $lte: now } }] };
    if ((await em.nativeUpdate(ResyncRun, free, lease)) === 0) return [];
    return em.find(ResyncRun, { ...ACTIVE, leaseOwner: owner }, { orderBy: { id: 'asc' } });
  }

  /** Whether there is a run, whoever drives it. */
  async isAnyActive(): Promise<boolean> {
    return (await this.em.fork().count(ResyncRun, ACTIVE)) > 0;
  }

  /** Gives the leases back, for others to take at once. */
  async release(owner: string): Promise<void> {
    await this.em.fork().nativeUpdate(ResyncRun, { leaseOwner: owner }, { leaseOwner: null, leaseUntil: null });
  }

  /** A step, written down in the transaction that takes it. @throws ResyncOvertakenError, which rolls that back */
  async move(em: EntityManager, run: ResyncRun, changes: EntityData<ResyncRun>): Promise<void> {
    const step = { stuckSince: null, ...changes, revision: run.revision + 1 };
    const { id, revision } = run;
    if ((await em.nativeUpdate(ResyncRun, { id, revision }, step)) === 0) throw new ResyncOvertakenError(id);
    Object.assign(run, step);
  }
}

/** Others that would begin a run wait here until this transaction ends, and then see what it began. */
async function oneAtATime(em: SqlEntityManager): Promise<void> {
  // SQLite has one writer at a time
  if (em.getPlatform() instanceof SqlitePlatform) return;
  await em.execute("select pg_advisory_xact_lock(hashtext('anrok_resync_run'))");
}

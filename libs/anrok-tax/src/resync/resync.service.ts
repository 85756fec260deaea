import { EntityManager } from '@mikro-orm/core';
import { Injectable } from '@nestjs/common';
import { validate as isUuid } from 'uuid';
import { joining } from '../joining.js';
import { ConnectionService } from '../settings/connection.service.js';
import type { ResyncPlan } from './plan-tally.js';
import { ResyncRunNotFoundError } from './resync.error.js';
import { assertResyncFilter, type ResyncFilter } from './resync-filter.js';
import { ResyncRun } from './resync-run.entity.js';
import { ResyncPlanner } from './resync.planner.js';
import { ResyncRunner } from './resync.runner.js';
import { ResyncRuns } from './resync.runs.js';

export interface ResyncRequest {
  /** Who asks, for the history. */
  readonly requestedBy: string;
  /** Documents to be done, where a plan has counted them: then progress has an end to look to. */
  readonly total?: number;
}

/** Brings documents to Anrok that are not there, or not as they are: all of them, or those that a filter names. */
@Injectable()
export class ResyncService {
  constructor(
    private readonly em: EntityManager,
    private readonly connections: ConnectionService,
    private readonly runs: ResyncRuns,
    private readonly planner: ResyncPlanner,
    private readonly runner: ResyncRunner,
  ) {}

  /**
   * What a resync would do: asks nothing of Anrok and writes nothing. However many documents there are, only some are
   * in memory at a time.
   *
   * @param onProgress is told the plan as far as it is, every so many documents
   * @throws InvalidResyncFilterError, ConnectionNotFoundError
   */
  async plan(filter: ResyncFilter = {}, onProgress: (soFar: ResyncPlan) => unknown = () => {}): Promise<ResyncPlan> {
    await this.check(filter);
    return this.planner.plan(filter, onProgress);
  }

  /**
   * Starts a resync. It is driven by a process whose worker is enabled, some documents at a time, and lets everything
   * else go first.
   *
   * @throws InvalidResyncFilterError, ConnectionNotFoundError
   * @throws ResyncAlreadyRunningError which names the one that runs on the same connection
   */
  async start(filter: ResyncFilter, { requestedBy, total }: ResyncRequest): Promise<ResyncRun> {
    await this.check(filter);
    const run = await this.runs.begin({ filter, requestedBy, ...(total !== undefined && { total }) });
    this.runner.look();
    return run!;
  }

  /** For the schedule: null when another process has started it. @throws ResyncAlreadyRunningError */
  async startScheduled(instant: Date): Promise<ResyncRun | null> {
    const run = await this.runs.begin({ filter: {}, requestedBy: 'schedule', scheduledFor: instant });
    this.runner.look();
    return run;
  }

  /** Begins nothing more; what is under way is brought to its end. @throws ResyncRunNotFoundError */
  async cancel(id: string): Promise<ResyncRun> {
    const running = { id, status: 'running' as const };
    if (isUuid(id)) await joining(this.em).nativeUpdate(ResyncRun, running, { status: 'cancelling' });
    this.runner.look();
    return this.progress(id);
  }

  /** @throws ResyncRunNotFoundError */
  async progress(id: string): Promise<ResyncRun> {
    const run = isUuid(id) ? await joining(this.em).findOne(ResyncRun, { id }, { refresh: true }) : null;
    if (!run) throw new ResyncRunNotFoundError(id);
    return run;
  }

  /** The latest first. */
  list(limit = 50): Promise<ResyncRun[]> {
    return joining(this.em).find(ResyncRun, {}, { orderBy: { startedAt: 'desc', id: 'desc' }, limit, refresh: true });
  }

  /**
   * Drives resyncs, and the sync with them, until nothing can go on without waiting. For scripts and tests that switch
   * the worker off and call it when they want it to work.
   */
  drain(): Promise<void> {
    return this.runner.drain();
  }

  private async check(filter: ResyncFilter): Promise<void> {
    assertResyncFilter(filter);
    if (filter.connection !== undefined) await this.connections.byCode(filter.connection);
  }
}

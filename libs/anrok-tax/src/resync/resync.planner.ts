import { EntityManager, RequestContext } from '@mikro-orm/core';
import { Injectable } from '@nestjs/common';
import { Clock } from '../clock.js';
import { AnrokTaxOptions } from '../options/resolve-options.js';
import { problemOf } from '../sync/failed-run.js';
import { SyncRun } from '../sync/sync-run.js';
import { SyncPlanner } from '../sync/sync.planner.js';
import { PlanTally, type ResyncPlan } from './plan-tally.js';
import type { ResyncFilter } from './resync-filter.js';
import { ResyncDocuments } from './resync.documents.js';
import { BEGINNING } from './resync-run.entity.js';

/** The dry run: goes through the documents as a resync does, and every one's way as far as the door to Anrok. */
@Injectable()
export class ResyncPlanner {
  constructor(
    private readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly options: AnrokTaxOptions,
    private readonly documents: ResyncDocuments,
    private readonly planner: SyncPlanner,
  ) {}

  async plan(filter: ResyncFilter, onProgress: (soFar: ResyncPlan) => unknown): Promise<ResyncPlan> {
    const tally = new PlanTally(filter, this.options.requestsPerSecond);
    for (let cursor = BEGINNING; cursor.source !== 'end';) {
      const at = cursor;
      cursor = await RequestContext.create(this.em, async () => {
        const { candidates, unchanged, next } = await this.documents.page(filter, at, this.options.resync.batchSize);
        tally.unchanged(unchanged);
        for (const { status, record } of candidates) {
          const run = new SyncRun(record, this.clock.now(), new AbortController().signal, 'dry');
          try {
            const plan = await this.planner.plan(run);
            tally.planned(status, plan, run.connection);
          } catch (error) {
            tally.refused(status, problemOf(run, error));
          }
        }
        return next;
      });
      await onProgress(tally.toPlan());
    }
    return tally.toPlan();
  }
}

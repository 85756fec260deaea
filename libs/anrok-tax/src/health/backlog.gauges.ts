import { toLoggable } from '@anrok-nest/tax';
import type { BatchObservableCallback, BatchObservableResult, Observable } from '@opentelemetry/api';
import { Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { SYNC_STATUSES } from '../records/tax-sync-record.entity.js';
import { Telemetry } from '../telemetry/telemetry.js';
import { BacklogWatch } from './backlog.watch.js';
import type { HealthFacts } from './judge-health.js';

const OPEN = SYNC_STATUSES.filter((status) => status !== 'synced');

/**
 * What is not done, as gauges. Every process on the database reports the same: take the greatest of a series, not the
 * sum.
 */
@Injectable()
export class BacklogGauges implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly log = new Logger(BacklogGauges.name);
  private readonly documents: Observable;
  private readonly age: Observable;
  private readonly overdue: Observable;
  private readonly paused: Observable;

  constructor(
    private readonly telemetry: Telemetry,
    private readonly watch: BacklogWatch,
  ) {
    const { meter } = telemetry;
    this.documents = meter.createObservableGauge('anrok.sync.backlog', {
      description: 'Documents that are not synced',
      unit: '{document}',
    });
    this.age = meter.createObservableGauge('anrok.sync.backlog.age', {
      description: 'Since when the oldest of them was requested',
      unit: 's',
    });
    this.overdue = meter.createObservableGauge('anrok.sync.overdue', {
      description: 'For how long the oldest due work has been due; 0 when nothing is',
      unit: 's',
    });
    this.paused = meter.createObservableGauge('anrok.connection.paused', {
      description: '1 while Anrok refuses the key of the connection, else 0',
      unit: '1',
    });
  }

  /** Not before the application runs, nor after: the database may not be there. */
  onApplicationBootstrap(): void {
    this.telemetry.meter.addBatchObservableCallback(this.observe, this.all);
  }

  beforeApplicationShutdown(): void {
    this.telemetry.meter.removeBatchObservableCallback(this.observe, this.all);
  }

  private get all(): Observable[] {
    return [this.documents, this.age, this.overdue, this.paused];
  }

  private readonly observe: BatchObservableCallback = async (result) => {
    try {
      this.report(await this.watch.look(), result);
    } catch (error) {
      const { stack, ...what } = toLoggable(error);
      this.log.warn('The backlog could not be measured', what, stack);
      throw error;
    }
  };

  /** Zeroes too: a series that ends tells nobody that all is well. */
  private report({ at, backlog, workload, connections }: HealthFacts, result: BatchObservableResult): void {
    const secondsSince = (then?: Date) => (then ? Math.max(0, at.getTime() - then.getTime()) / 1000 : 0);
    for (const { code, isPaused } of connections) {
      result.observe(this.paused, isPaused ? 1 : 0, { 'anrok.connection': code });
      for (const status of OPEN) {
        const labels = { 'anrok.connection': code, 'anrok.sync.status': status };
        const open = backlog.find((one) => one.connectionCode === code && one.status === status);
        result.observe(this.documents, open?.count ?? 0, labels);
        result.observe(this.age, secondsSince(open?.oldestRequestedAt), labels);
      }
    }
    result.observe(this.overdue, secondsSince(workload.dueSince));
  }
}

import type { LimitUsage } from '@anrok-nest/client';
import { Injectable } from '@nestjs/common';
import { Clock } from '../../clock.js';
import { AnrokBudget } from '../../connection/anrok-budget.js';
import type { Connection } from '../../connection/connection.entity.js';
import type { TaxSyncRecord } from '../../records/tax-sync-record.entity.js';
import { type TaxSyncSummary, TaxSyncSummaryReadModel } from '../../records/tax-sync.summary.js';
import { type Backlog, type RecordPage, TaxSyncReadModel } from '../../records/tax-sync.read-model.js';
import { ConnectionService } from '../../settings/connection.service.js';

export interface Overview {
  readonly now: Date;
  readonly connections: readonly ConnectionStanding[];
  readonly summary: TaxSyncSummary;
  readonly concerns: readonly Concern[];
}

export interface ConnectionStanding {
  readonly connection: Connection;
  readonly usage: LimitUsage | undefined;
  /** The longest waiting first. */
  readonly backlog: readonly Backlog[];
}

/** Documents that a person has to do something about, all for the same reason. */
export interface Concern {
  readonly count: number;
  /** Whether there may be more than were counted. */
  readonly isAtLeast: boolean;
  /** The one that was requested last. */
  readonly example: TaxSyncRecord;
}

const MOST_COUNTED = 500;

/** What the first page tells. */
@Injectable()
export class OverviewService {
  constructor(
    private readonly clock: Clock,
    private readonly connections: ConnectionService,
    private readonly records: TaxSyncReadModel,
    private readonly summary: TaxSyncSummaryReadModel,
    private readonly budget: AnrokBudget,
  ) {}

  async look(): Promise<Overview> {
    const [connections, backlog, summary, concerning] = await Promise.all([
      this.connections.list(),
      this.records.backlog(),
      this.summary.show(),
      this.records.list({ statuses: ['failed', 'waiting'], limit: MOST_COUNTED }),
    ]);
    const standings = connections.map(async (connection) => ({
      connection,
      usage: await this.budget.of(connection),
      backlog: backlog.filter(({ connectionCode }) => connectionCode === connection.code),
    }));
    return {
      now: this.clock.now(),
      connections: await Promise.all(standings),
      summary,
      concerns: toConcerns(concerning),
    };
  }
}

function toConcerns({ records, next }: RecordPage): Concern[] {
  return [...Map.groupBy(records, ({ problemCode }) => problemCode).values()]
    .map((alike) => ({ count: alike.length, isAtLeast: next !== undefined, example: alike[0]! }))
    .toSorted((a, b) => b.count - a.count);
}

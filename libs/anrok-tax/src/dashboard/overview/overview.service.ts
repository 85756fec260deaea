import type { LimitUsage } from '@anrok-nest/client';
import { Injectable } from '@nestjs/common';
import { Clock } from '../../clock.js';
import { AnrokBudget } from '../../connection/anrok-budget.js';
import type { Connection } from '../../connection/connection.entity.js';
import type { SyncStatus, TaxSyncRecord } from '../../records/tax-sync-record.entity.js';
import { type Backlog, TaxSyncReadModel } from '../../records/tax-sync.read-model.js';
import { ConnectionService } from '../../settings/connection.service.js';
import type { ChartDay } from '../parts/day-chart.js';

export interface Overview {
  readonly now: Date;
  readonly connections: readonly ConnectionStanding[];
  readonly today: Readonly<Partial<Record<SyncStatus, number>>>;
  readonly days: readonly ChartDay[];
  readonly concerns: readonly Concern[];
}

export interface ConnectionStanding {
  readonly connection: Connection;
  readonly usage: LimitUsage | undefined;
  readonly backlog: readonly Backlog[];
}

/** Documents that a person has to do something about, all for the same reason. */
export interface Concern {
  readonly count: number;
  /** The one that was requested first. */
  readonly example: TaxSyncRecord;
}

const DAYS = 14;
const DAY_MS = 86_400_000;

/** What the first page tells. */
@Injectable()
export class OverviewService {
  constructor(
    private readonly clock: Clock,
    private readonly connections: ConnectionService,
    private readonly records: TaxSyncReadModel,
    private readonly budget: AnrokBudget,
  ) {}

  async look(): Promise<Overview> {
    const now = this.clock.now();
    const [connections, backlog, latest, failed, waiting] = await Promise.all([
      this.connections.list(),
      this.records.backlog(),
      this.records.list({ limit: 500 }),
      this.records.list({ status: 'failed', limit: 500 }),
      this.records.list({ status: 'waiting', limit: 500 }),
    ]);
    const byDay = Map.groupBy(latest, ({ requestedAt }) => toDay(requestedAt));
    const days = Array.from({ length: DAYS }, (_, index) =>
      toDay(new Date(now.getTime() - (DAYS - 1 - index) * DAY_MS)),
    );
    return {
      now,
      connections: connections.map((connection) => ({
        connection,
        usage: this.budget.of(connection),
        backlog: backlog.filter(({ connectionCode }) => connectionCode === connection.code),
      })),
      today: countByStatus(byDay.get(toDay(now)) ?? []),
      days: days.map((day) => {
        const records = byDay.get(day) ?? [];
        const synced = records.filter(({ status }) => status === 'synced').length;
        return { day, synced, open: records.length - synced };
      }),
      concerns: toConcerns([...failed, ...waiting]),
    };
  }
}

const toDay = (date: Date) => date.toISOString().slice(0, 10);

function countByStatus(records: readonly TaxSyncRecord[]): Partial<Record<SyncStatus, number>> {
  const counts: Partial<Record<SyncStatus, number>> = {};
  for (const { status } of records) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}

function toConcerns(records: readonly TaxSyncRecord[]): Concern[] {
  return [...Map.groupBy(records, ({ problemCode }) => problemCode).values()]
    .map((alike) => ({ count: alike.length, example: alike.at(-1)! }))
    .toSorted((a, b) => b.count - a.count);
}

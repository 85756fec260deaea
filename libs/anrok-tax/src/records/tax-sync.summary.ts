import { EntityManager, raw } from '@mikro-orm/core';
import { type SqlEntityManager, SqlitePlatform } from '@mikro-orm/sql';
import { Injectable } from '@nestjs/common';
import type { IsoDate, TaxProblem } from '@anrok-nest/tax';
import { Clock } from '../clock.js';
import { Connection } from '../connection/connection.entity.js';
import { joining } from '../joining.js';
import { SYNC_STATUSES, type SyncStatus, TaxSyncRecord } from './tax-sync-record.entity.js';
import { type Backlog, TaxSyncReadModel } from './tax-sync.read-model.js';

/** How the sync is doing, at a glance. Days are UTC's. */
export interface TaxSyncSummary {
  /** Where the documents stand that were last requested today. */
  readonly today: Readonly<Record<SyncStatus, number>>;
  /** The last 14 days, today included and first. */
  readonly days: readonly DaySummary[];
  /** What waits longest of all that is not done; absent when everything is. */
  readonly oldest?: Backlog;
  readonly connections: readonly ConnectionSummary[];
}

/** Of the documents that were last requested on that day. */
export interface DaySummary {
  readonly day: IsoDate;
  readonly requested: number;
  readonly synced: number;
  /** Given up, or waiting for a change. */
  readonly failed: number;
}

export interface ConnectionSummary {
  readonly code: string;
  readonly name: string;
  /** Null while it works. */
  readonly pausedAt: Date | null;
  readonly problem: TaxProblem | null;
  /** What is not done, of any day. */
  readonly open: Readonly<Record<Exclude<SyncStatus, 'synced'>, number>>;
}

const DAYS = 14;
const DAY_MS = 86_400_000;

@Injectable()
export class TaxSyncSummaryReadModel {
  constructor(
    private readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly records: TaxSyncReadModel,
  ) {}

  async show(): Promise<TaxSyncSummary> {
    const today = Math.floor(this.clock.now().getTime() / DAY_MS);
    const counts = await this.countsSince(today - DAYS + 1);
    const backlog = await this.records.backlog();
    const [oldest] = backlog;
    const connections = await joining(this.em).find(Connection, {}, { orderBy: { code: 'asc' }, refresh: true });
    return {
      today: counts(today),
      days: Array.from({ length: DAYS }, (_, ago) => toDay(today - ago, counts(today - ago))),
      ...(oldest && { oldest }),
      connections: connections.map((connection) => toConnection(connection, backlog)),
    };
  }

  /** By the number of a day since 1970: how many documents are in which status. */
  private async countsSince(first: number): Promise<(day: number) => Record<SyncStatus, number>> {
    const em = joining(this.em) as SqlEntityManager;
    // SQLite keeps milliseconds, and divides whole numbers to whole numbers
    const day =
      em.getPlatform() instanceof SqlitePlatform
        ? `requested_at / ${DAY_MS}`
        : `floor(extract(epoch from requested_at) * 1000 / ${DAY_MS})`;
    const rows = await em
      .createQueryBuilder(TaxSyncRecord)
      .select([raw(`${day} as day`), 'status', raw('count(*) as count')])
      .where({ requestedAt: { $gte: new Date(first * DAY_MS) } })
      .groupBy([raw('day'), 'status'])
      .execute<{ day: number | string; status: SyncStatus; count: number | string }[]>('all');
    const byDay = Map.groupBy(rows, ({ day }) => Number(day));
    return (day) => {
      const none = Object.fromEntries(SYNC_STATUSES.map((status) => [status, 0]));
      const some = (byDay.get(day) ?? []).map(({ status, count }) => [status, Number(count)]);
      return { ...none, ...Object.fromEntries(some) } as Record<SyncStatus, number>;
    };
  }
}

function toDay(day: number, counts: Record<SyncStatus, number>): DaySummary {
  return {
    day: new Date(day * DAY_MS).toISOString().slice(0, 10),
    requested: Object.values(counts).reduce((sum, count) => sum + count, 0),
    synced: counts.synced,
    failed: counts.failed + counts.waiting,
  };
}

function toConnection({ code, name, pausedAt, pausedProblem }: Connection, backlog: readonly Backlog[]) {
  const own = backlog.filter(({ connectionCode }) => connectionCode === code);
  const of = (status: SyncStatus) => own.find((one) => one.status === status)?.count ?? 0;
  return {
    code,
    name,
    pausedAt: pausedAt ?? null,
    problem: pausedProblem ?? null,
    open: {
      pending: of('pending'),
      processing: of('processing'),
      retrying: of('retrying'),
      waiting: of('waiting'),
      failed: of('failed'),
    },
  };
}

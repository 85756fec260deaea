import { Injectable } from '@nestjs/common';
import { Clock } from '../../clock.js';
import type { TaxSyncRecord } from '../../records/tax-sync-record.entity.js';
import { type TaxSyncSummary, TaxSyncSummaryReadModel } from '../../records/tax-sync.summary.js';
import { type RecordPage, TaxSyncReadModel } from '../../records/tax-sync.read-model.js';
import { type ConnectionStanding, ConnectionStandings } from '../connections/connection-standings.js';

export interface Overview {
  readonly now: Date;
  readonly connections: readonly ConnectionStanding[];
  readonly summary: TaxSyncSummary;
  readonly concerns: readonly Concern[];
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
    private readonly standings: ConnectionStandings,
    private readonly records: TaxSyncReadModel,
    private readonly summary: TaxSyncSummaryReadModel,
  ) {}

  async look(): Promise<Overview> {
    const [connections, summary, concerning] = await Promise.all([
      this.standings.all(),
      this.summary.show(),
      this.records.list({ statuses: ['failed', 'waiting'], limit: MOST_COUNTED }),
    ]);
    return { now: this.clock.now(), connections, summary, concerns: toConcerns(concerning) };
  }
}

function toConcerns({ records, next }: RecordPage): Concern[] {
  return [...Map.groupBy(records, ({ problemCode }) => problemCode).values()]
    .map((alike) => ({ count: alike.length, isAtLeast: next !== undefined, example: alike[0]! }))
    .toSorted((a, b) => b.count - a.count);
}

import type { TaxProblem } from '@anrok-nest/tax';
import type { UsableConnection } from '../connection/usable-connection.js';
import type { SyncStep } from '../sync/plan-sync.js';
import type { SyncPlan } from '../sync/sync.planner.js';
import type { ResyncFilter, ResyncStatus } from './resync-filter.js';

/**
 * What would be done about a document: its first step at Anrok, nothing because Anrok holds it as it is, or as it was
 * when the host archived it, or it can't.
 */
export type ResyncAction = SyncStep['kind'] | 'nothing' | 'blocked';

/** What a resync would do, as far as it can be known without asking Anrok. */
export interface ResyncPlan {
  readonly filter: ResyncFilter;
  readonly documents: number;
  readonly byStatus: Readonly<Partial<Record<ResyncStatus, number>>>;
  readonly byAction: Readonly<Record<ResyncAction, number>>;
  /** What keeps the blocked ones, by code: how many, and the first of them as an example. */
  readonly blocked: Readonly<Record<string, { readonly documents: number; readonly example: TaxProblem }>>;
  /** Requests to Anrok. */
  readonly calls: number;
  /** Milliseconds that they take when they have Anrok's limit for themselves; accounts go on side by side. */
  readonly durationMs: number;
}

/** Adds a plan up, document by document. */
export class PlanTally {
  private documents = 0;
  private readonly byStatus: Partial<Record<ResyncStatus, number>> = {};
  private readonly byAction: Record<ResyncAction, number> = { record: 0, undo: 0, nothing: 0, blocked: 0 };
  private readonly blocked: Record<string, { documents: number; example: TaxProblem }> = {};
  private readonly callsOf = new Map<string, number>();

  constructor(
    private readonly filter: ResyncFilter,
    private readonly requestsPerSecond: number,
  ) {}

  planned(status: ResyncStatus, { steps, asked }: SyncPlan, { id, sellerId }: UsableConnection): void {
    this.count(status, steps[0]?.kind ?? 'nothing');
    // the limit is the account's, whatever connections lead to it
    const account = sellerId ?? id;
    this.callsOf.set(account, (this.callsOf.get(account) ?? 0) + asked.length + steps.length);
  }

  /** Synced ones that are left as they are. */
  unchanged(documents: number): void {
    if (documents > 0) this.count('synced', 'nothing', documents);
  }

  refused(status: ResyncStatus, problem: TaxProblem): void {
    this.count(status, 'blocked');
    const known = this.blocked[problem.code];
    this.blocked[problem.code] = { documents: (known?.documents ?? 0) + 1, example: known?.example ?? problem };
  }

  toPlan(): ResyncPlan {
    const { filter, documents, byStatus, byAction, blocked } = this;
    const calls = [...this.callsOf.values()];
    return {
      filter,
      documents,
      byStatus: { ...byStatus },
      byAction: { ...byAction },
      blocked: { ...blocked },
      calls: calls.reduce((sum, some) => sum + some, 0),
      durationMs: Math.ceil((Math.max(0, ...calls) / this.requestsPerSecond) * 1000),
    };
  }

  private count(status: ResyncStatus, action: ResyncAction, documents = 1): void {
    this.documents += documents;
    this.byStatus[status] = (this.byStatus[status] ?? 0) + documents;
    this.byAction[action] += documents;
  }
}

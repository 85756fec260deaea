import type { Backlog, Workload } from '../records/tax-sync.read-model.js';

/** From when on something is said. */
export interface HealthThresholds {
  /** Milliseconds for which due work may lie untouched. Default 900,000 (a quarter of an hour). */
  readonly overdueMs: number;
  /** Milliseconds for which a document may be without its tax, whatever it waits for. Default 86,400,000 (a day). */
  readonly backlogAgeMs: number;
  /** How many documents may be given up, for a person to look at. Default 0. */
  readonly failed: number;
}

export const DEFAULT_THRESHOLDS: HealthThresholds = { overdueMs: 15 * 60_000, backlogAgeMs: 86_400_000, failed: 0 };

/** How things stand, as the database tells it to every process alike. */
export interface HealthFacts {
  readonly at: Date;
  /** What is not synced. */
  readonly backlog: readonly Backlog[];
  readonly workload: Workload;
  readonly connections: readonly { readonly code: string; readonly isPaused: boolean }[];
}

/**
 * `down`: due work lies untouched, nobody works. `degraded`: documents get their tax late, or not before a person acts.
 */
export interface HealthReport {
  readonly status: 'up' | 'degraded' | 'down';
  /** Sentences; none when up. */
  readonly reasons: readonly string[];
  /** Documents that are not synced, by status. */
  readonly documents: Readonly<Record<string, number>>;
  /** Seconds since the oldest of them was requested, those that are given up left out; null without one. */
  readonly oldestSeconds: number | null;
  /** Seconds for which the oldest due work has been due; null when nothing is. */
  readonly overdueSeconds: number | null;
  /** Codes of connections whose key Anrok refuses. */
  readonly pausedConnections: readonly string[];
}

export function judgeHealth(facts: HealthFacts, thresholds: HealthThresholds): HealthReport {
  const { at, backlog, workload, connections } = facts;
  const documents: Record<string, number> = {};
  for (const { status, count } of backlog) documents[status] = (documents[status] ?? 0) + count;
  const open = backlog.filter(({ status }) => status !== 'failed').map((one) => one.oldestRequestedAt.getTime());
  const oldestMs = open.length > 0 ? at.getTime() - Math.min(...open) : null;
  const overdueMs = workload.dueSince ? at.getTime() - workload.dueSince.getTime() : null;
  const pausedConnections = connections.filter(({ isPaused }) => isPaused).map(({ code }) => code);

  const isOverdue = overdueMs !== null && overdueMs > thresholds.overdueMs;
  const isDown = isOverdue && !workload.isInHand;
  const reasons: string[] = [];
  if (isDown) reasons.push('Work is due and nobody takes it up: is there a process whose worker is enabled?');
  else if (isOverdue) reasons.push('The worker is behind with what is due.');
  if (oldestMs !== null && oldestMs > thresholds.backlogAgeMs)
    reasons.push('A document has been without its tax for long: look at the backlog for what it waits for.');
  if (pausedConnections.length > 0)
    reasons.push('A connection is paused because Anrok refuses its key: enter a working one, or test it again.');
  if ((documents['failed'] ?? 0) > thresholds.failed)
    reasons.push('Documents were given up: mend what their problems name and retry them.');
  return {
    status: isDown ? 'down' : reasons.length > 0 ? 'degraded' : 'up',
    reasons,
    documents,
    oldestSeconds: toSeconds(oldestMs),
    overdueSeconds: toSeconds(overdueMs),
    pausedConnections,
  };
}

function toSeconds(ms: number | null): number | null {
  return ms === null ? null : Math.floor(ms / 1000);
}

import type { EntityManager } from '@mikro-orm/core';
import type { BillableMetric } from '../billable-metric/billable-metric.entity.js';
import { aggregateUsage, type Usage } from './aggregate-usage.js';
import { UsageEvent } from './usage-event.entity.js';

/**
 * What a subscription used of some metrics, by the id of the metric.
 *
 * @param until the first moment that doesn't count any more
 */
export async function loadUsage(
  em: EntityManager,
  { subscriptionId, from, until }: { subscriptionId: string; from: Date; until: Date },
  metrics: readonly BillableMetric[],
): Promise<ReadonlyMap<string, Usage>> {
  const events = await em.find(
    UsageEvent,
    {
      subscription: subscriptionId,
      code: { $in: metrics.map((metric) => metric.code) },
      timestamp: { $gte: from, $lt: until },
    },
    { fields: ['code', 'properties'], disableIdentityMap: true },
  );
  const byCode = Map.groupBy(events, (event) => event.code);
  return new Map(metrics.map((metric) => [metric.id, aggregateUsage(metric, byCode.get(metric.code) ?? [])]));
}

import type { BillableMetric } from '../../billing/index.js';
import { toWireAggregation } from './billable-metric.input.js';

/** A billable metric as the API shows it. */
export function toBillableMetricObject(metric: BillableMetric) {
  return {
    lago_id: metric.id,
    code: metric.code,
    name: metric.name,
    description: metric.description ?? null,
    aggregation_type: toWireAggregation(metric.aggregation),
    field_name: metric.fieldName ?? null,
    // every interval begins at zero
    recurring: false,
    filters: [],
    created_at: metric.createdAt.toISOString(),
  };
}

import { Decimal } from '@anrok-nest/tax';
import type { Aggregation, BillableMetric } from '../billable-metric/billable-metric.entity.js';
import { toDecimalText } from '../decimal-text.js';
import type { UsageEvent } from './usage-event.entity.js';

/** How much was used of what a metric measures. */
export interface Usage {
  /** Decimal string, never below zero. */
  readonly units: string;
  readonly eventsCount: number;
}

const ZERO = new Decimal(0);

type Measure = Pick<BillableMetric, 'aggregation' | 'fieldName'>;

const AGGREGATE: Record<Aggregation, (values: readonly unknown[]) => Decimal> = {
  count: (values) => new Decimal(values.length),
  sum: (values) => values.reduce<Decimal>((sum, value) => sum.plus(toNumber(value)), ZERO),
  max: (values) => values.reduce<Decimal>((most, value) => Decimal.max(most, toNumber(value)), ZERO),
  unique_count: (values) => new Decimal(new Set(values.filter(isPlain).map(String)).size),
};

/**
 * The units of some events of one metric. An event that lacks the property, as can be when the metric is younger, adds
 * nothing; and what was taken back never makes it less than nothing.
 */
export function aggregateUsage(
  { aggregation, fieldName }: Measure,
  events: readonly Pick<UsageEvent, 'properties'>[],
): Usage {
  const units = AGGREGATE[aggregation](events.map((event) => (fieldName ? event.properties[fieldName] : undefined)));
  return { units: Decimal.max(units, ZERO).toFixed(), eventsCount: events.length };
}

/**
 * The most that was used at any time, as the events came: what was taken back and is used again counts once. Never goes
 * down with one more event.
 */
export function mostUsed(measure: Measure, events: readonly Pick<UsageEvent, 'properties'>[]): Decimal {
  // only a sum can become less
  if (measure.aggregation !== 'sum') return new Decimal(aggregateUsage(measure, events).units);
  let [sum, most] = [ZERO, ZERO];
  for (const event of events) {
    sum = sum.plus(toNumber(event.properties[measure.fieldName!]));
    most = Decimal.max(most, sum);
  }
  return most;
}

/** Whether a metric can make something of an event with these properties. */
export function isMeasurable({ aggregation, fieldName }: Measure, properties: UsageEvent['properties']): boolean {
  const value = fieldName ? properties[fieldName] : undefined;
  if (aggregation === 'count') return true;
  return aggregation === 'unique_count' ? isPlain(value) : toDecimalText(value) !== undefined;
}

function toNumber(value: unknown): Decimal {
  return new Decimal(toDecimalText(value) ?? 0);
}

function isPlain(value: unknown): value is string | number | boolean {
  return ['string', 'number', 'boolean'].includes(typeof value);
}

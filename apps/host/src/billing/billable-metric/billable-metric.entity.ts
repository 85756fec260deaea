import { defineEntity, p } from '@mikro-orm/core';
import { v7 as uuidv7 } from 'uuid';

/** How a period's events become units: counted, added up, the highest of them, or how many different ones. */
export const AGGREGATIONS = ['count', 'sum', 'max', 'unique_count'] as const;
export type Aggregation = (typeof AGGREGATIONS)[number];

const BillableMetricSchema = defineEntity({
  name: 'BillableMetric',
  tableName: 'billing_billable_metric',
  properties: {
    id: p
      .uuid()
      .primary()
      .onCreate(() => uuidv7()),
    /** Events name it. */
    code: p.string().length(255).unique(),
    name: p.string().length(255),
    description: p.text().nullable(),
    aggregation: p.string().length(20).$type<Aggregation>(),
    /** The event's property that is aggregated. Null where events are only counted. */
    fieldName: p.string().length(255).nullable(),
    createdAt: p.datetime(3).onCreate(() => new Date()),
    updatedAt: p
      .datetime(3)
      .onCreate(() => new Date())
      .onUpdate(() => new Date()),
  },
});

/** Something that customers use, and what of it is measured. */
export class BillableMetric extends BillableMetricSchema.class {}
BillableMetricSchema.setClass(BillableMetric);

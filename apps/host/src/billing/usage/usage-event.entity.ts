import { defineEntity, p } from '@mikro-orm/core';
import { v7 as uuidv7 } from 'uuid';
import { Subscription } from '../subscription/subscription.entity.js';

const UsageEventSchema = defineEntity({
  name: 'UsageEvent',
  tableName: 'billing_usage_event',
  properties: {
    id: p
      .uuid()
      .primary()
      .onCreate(() => uuidv7()),
    subscription: () => p.manyToOne(Subscription).deleteRule('restrict').index(),
    /** The caller's own id: what is told twice under it counts once. */
    transactionId: p.string().length(255),
    /** Of the metric that it is for. One that nobody knows is kept, and counts for nothing until there is a metric. */
    code: p.string().length(255),
    timestamp: p.datetime(3),
    properties: p.json<Readonly<Record<string, unknown>>>(),
    createdAt: p.datetime(3).onCreate(() => new Date()),
  },
  uniques: [{ properties: ['subscription', 'transactionId'] }],
});

/** Something was used. */
export class UsageEvent extends UsageEventSchema.class {}
UsageEventSchema.setClass(UsageEvent);

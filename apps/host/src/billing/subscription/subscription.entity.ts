import { defineEntity, p } from '@mikro-orm/core';
import { v7 as uuidv7 } from 'uuid';
import { Customer } from '../customer/customer.entity.js';
import { Plan } from '../plan/plan.entity.js';

/** `calendar`: intervals begin on Mondays and firsts of months. `anniversary`: on the day of the subscription. */
export const BILLING_TIMES = ['calendar', 'anniversary'] as const;
export type BillingTime = (typeof BILLING_TIMES)[number];

const SubscriptionSchema = defineEntity({
  name: 'Subscription',
  tableName: 'billing_subscription',
  properties: {
    id: p
      .uuid()
      .primary()
      .onCreate(() => uuidv7()),
    /** The caller's own id. */
    externalId: p.string().length(255).unique(),
    customer: () => p.manyToOne(Customer).deleteRule('restrict').index(),
    plan: () => p.manyToOne(Plan).deleteRule('restrict').index(),
    /** For the customer's eyes. */
    name: p.string().length(255).nullable(),
    billingTime: p.string().length(20).$type<BillingTime>(),
    /** The customer's when it subscribed: where it moves to later, no hour is billed twice and none is forgotten. */
    timezone: p.string().length(64),
    startsAt: p.datetime(3),
    /** The end of one that had begun. */
    terminatedAt: p.datetime(3).nullable(),
    /** The end of one that had not. */
    canceledAt: p.datetime(3).nullable(),
    /** The next day on which something may be due; null when nothing will be any more. */
    nextBillingOn: p.date().nullable().index(),
    createdAt: p.datetime(3).onCreate(() => new Date()),
    updatedAt: p
      .datetime(3)
      .onCreate(() => new Date())
      .onUpdate(() => new Date()),
  },
});

/** A customer's plan. Its periods are days of the calendar at the place where the customer was. */
export class Subscription extends SubscriptionSchema.class {}
SubscriptionSchema.setClass(Subscription);

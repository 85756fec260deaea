import { defineEntity, p } from '@mikro-orm/core';
import { v7 as uuidv7 } from 'uuid';
import { Invoice } from '../invoice/invoice.entity.js';
import { Subscription } from '../subscription/subscription.entity.js';

/** `advance`: what is owed when the period begins. `arrears`: what is owed when it has ended. */
export type BillingTiming = 'advance' | 'arrears';

const BilledPeriodSchema = defineEntity({
  name: 'BilledPeriod',
  tableName: 'billing_billed_period',
  properties: {
    id: p
      .uuid()
      .primary()
      .onCreate(() => uuidv7()),
    subscription: () => p.manyToOne(Subscription).deleteRule('restrict').index(),
    timing: p.string().length(10).$type<BillingTiming>(),
    startsOn: p.date(),
    /** The day after its last. */
    endsOn: p.date(),
    /** Null when nothing was owed. */
    invoice: () => p.manyToOne(Invoice).deleteRule('restrict').nullable().index(),
    createdAt: p.datetime(3).onCreate(() => new Date()),
  },
  // whatever goes wrong, the database lets nobody bill a period twice
  uniques: [{ properties: ['subscription', 'timing', 'startsOn'] }],
});

/** A period of a subscription that is billed, and on which invoice. */
export class BilledPeriod extends BilledPeriodSchema.class {}
BilledPeriodSchema.setClass(BilledPeriod);

/** What billing has to know of a period, be it billed already or not. */
export type PeriodToBill = Pick<BilledPeriod, 'subscription' | 'timing' | 'startsOn' | 'endsOn'>;

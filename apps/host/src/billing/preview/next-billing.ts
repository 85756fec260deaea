import type { IsoDate } from '@anrok-nest/tax';
import type { PeriodToBill } from '../billing-run/billed-period.entity.js';
import { isPaidInAdvance } from '../pricing/period-fees.js';
import { type BillingPeriod, firstOccasion, occasionOn } from '../subscription/billing-period.js';
import { scheduleOf } from '../subscription/subscription-status.js';
import type { Subscription } from '../subscription/subscription.entity.js';

/** What is billed together, and on which day. */
export interface NextBilling {
  readonly day: IsoDate;
  readonly periods: readonly PeriodToBill[];
}

/** What the first invoice of a new subscription bills. Periods that are over today are not: they were elsewhere. */
export function firstBilling(subscription: Subscription, today: IsoDate): NextBilling {
  return billingFrom(subscription, firstOccasion(scheduleOf(subscription), today));
}

/** What is billed next of a subscription that is there; undefined when nothing will be any more. */
export function nextBilling(subscription: Subscription): NextBilling | undefined {
  const { nextBillingOn } = subscription;
  if (!nextBillingOn) return undefined;
  const { endsOn } = scheduleOf(subscription);
  return billingFrom(subscription, endsOn && endsOn < nextBillingOn ? endsOn : nextBillingOn);
}

/** On that day, or at the end of the period that begins then without anything being due. */
function billingFrom(subscription: Subscription, day: IsoDate): NextBilling {
  const { closed, opened } = occasionOn(scheduleOf(subscription), day);
  const begun = opened && isPaidInAdvance(subscription.plan) ? opened : undefined;
  if (!closed && !begun && opened) return billingFrom(subscription, opened.endsOn);
  const periodOf = (timing: PeriodToBill['timing'], period: BillingPeriod | undefined): PeriodToBill[] =>
    period ? [{ subscription, timing, startsOn: period.startsOn, endsOn: period.endsOn }] : [];
  return { day, periods: [...periodOf('arrears', closed), ...periodOf('advance', begun)] };
}

import type { IsoDate } from '@anrok-nest/tax';
import { addDays, calendarDate, startOfDay } from '../invoice/calendar-date.js';
import type { Plan } from '../plan/plan.entity.js';
import { type BillingPeriod, type BillingSchedule, periodAt } from './billing-period.js';
import type { Subscription } from './subscription.entity.js';

export const SUBSCRIPTION_STATUSES = ['pending', 'active', 'terminated', 'canceled'] as const;
/** `pending`: has yet to begin. `canceled`: ended before that. */
export type SubscriptionStatus = (typeof SUBSCRIPTION_STATUSES)[number];

type Times = Pick<Subscription, 'startsAt' | 'terminatedAt' | 'canceledAt'>;

export function statusOf({ startsAt, terminatedAt, canceledAt }: Times, now: Date): SubscriptionStatus {
  if (canceledAt) return 'canceled';
  if (terminatedAt) return 'terminated';
  return startsAt > now ? 'pending' : 'active';
}

/** Its last day belongs to it whole, as its first one does. */
export function scheduleOf(
  subscription: Times & Pick<Subscription, 'billingTime' | 'timezone'> & { readonly plan: Pick<Plan, 'interval'> },
): BillingSchedule {
  const { plan, billingTime, timezone, startsAt, terminatedAt } = subscription;
  return {
    interval: plan.interval,
    billingTime,
    startsOn: calendarDate(startsAt, timezone),
    ...(terminatedAt && { endsOn: addDays(calendarDate(terminatedAt, timezone), 1) }),
  };
}

/** Today, where the subscription is. */
export function todayOf({ timezone }: Pick<Subscription, 'timezone'>, now: Date): IsoDate {
  return calendarDate(now, timezone);
}

/** The moments at which a period begins and at which it is over. */
export function momentsOf({ startsOn, endsOn }: Pick<BillingPeriod, 'startsOn' | 'endsOn'>, timezone: string) {
  return { from: startOfDay(startsOn, timezone), until: startOfDay(endsOn, timezone) };
}

/** The period that is running; undefined when none is. */
export function currentPeriodOf(subscription: Parameters<typeof scheduleOf>[0], now: Date): BillingPeriod | undefined {
  const isRunning = statusOf(subscription, now) === 'active';
  return isRunning ? periodAt(scheduleOf(subscription), todayOf(subscription, now)) : undefined;
}

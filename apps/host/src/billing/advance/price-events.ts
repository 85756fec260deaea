import type { EntityManager } from '@mikro-orm/core';
import { calendarDate } from '../invoice/calendar-date.js';
import type { Charge } from '../plan/plan.entity.js';
import type { PricedFee } from '../pricing/priced-fee.js';
import { periodAt } from '../subscription/billing-period.js';
import { momentsOf, scheduleOf } from '../subscription/subscription-status.js';
import type { NewEvent } from '../usage/sort-events.js';
import { UsageEvent } from '../usage/usage-event.entity.js';
import { advanceFee } from './advance-fee.js';

/** What an event owes at once, and what for. */
export interface EventPrice {
  readonly event: NewEvent;
  readonly charge: Charge;
  readonly fee: PricedFee;
}

/**
 * The fees that events give at once, in their order, the earlier ones being recorded before the later. Their
 * subscriptions come with their customers, and with their plans' charges and metrics.
 */
export async function priceEvents(em: EntityManager, events: readonly NewEvent[]): Promise<EventPrice[]> {
  const earlier = new Map<string, Pick<UsageEvent, 'properties'>[]>();
  const prices: EventPrice[] = [];
  for (const event of events) {
    const charge = chargeFor(event);
    const time = charge && timeOf(event);
    if (!time) continue;
    const key = JSON.stringify([event.subscription.id, event.code, time.from]);
    const known = earlier.get(key) ?? (await loadEvents(em, event, time));
    const context = {
      subscriptionId: event.subscription.id,
      currency: event.subscription.plan.amountCurrency,
      ...time,
    };
    const fee = advanceFee(charge, known, event, context);
    if (fee) prices.push({ event, charge, fee });
    earlier.set(key, [...known, event]);
  }
  return prices;
}

/** The charge by which events of this kind are due at once, if there is one. */
export function chargeFor({ subscription, code }: Pick<NewEvent, 'subscription' | 'code'>): Charge | undefined {
  const charges = subscription.plan.charges.getItems();
  return charges.find((charge) => charge.payInAdvance && charge.billableMetric.code === code);
}

/** The moments between which the period of an event lies; undefined outside of the subscription's life. */
function timeOf({ subscription, timestamp }: NewEvent): { from: Date; until: Date } | undefined {
  const schedule = scheduleOf(subscription);
  const day = calendarDate(timestamp, subscription.timezone);
  const isOver = subscription.canceledAt || (schedule.endsOn !== undefined && day >= schedule.endsOn);
  if (isOver || day < schedule.startsOn) return undefined;
  return momentsOf(periodAt(schedule, day), subscription.timezone);
}

function loadEvents(
  em: EntityManager,
  { subscription, code }: NewEvent,
  { from, until }: { from: Date; until: Date },
): Promise<Pick<UsageEvent, 'properties'>[]> {
  return em.find(
    UsageEvent,
    { subscription: subscription.id, code, timestamp: { $gte: from, $lt: until } },
    { fields: ['properties'], orderBy: { createdAt: 'asc', id: 'asc' }, disableIdentityMap: true },
  );
}

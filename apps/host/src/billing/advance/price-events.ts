import { currencyDigits, Decimal } from '@anrok-nest/tax';
import type { EntityManager } from '@mikro-orm/core';
import { calendarDate } from '../invoice/calendar-date.js';
import type { Charge } from '../plan/plan.entity.js';
import type { PricedFee } from '../pricing/priced-fee.js';
import { periodAt } from '../subscription/billing-period.js';
import { momentsOf, scheduleOf } from '../subscription/subscription-status.js';
import { mostUsed } from '../usage/aggregate-usage.js';
import type { NewEvent } from '../usage/sort-events.js';
import { UsageEvent } from '../usage/usage-event.entity.js';
import { advanceFee } from './advance-fee.js';

/** What an event owes at once, and what for. */
export interface EventPrice {
  readonly event: NewEvent;
  readonly charge: Charge;
  readonly fee: PricedFee;
}

export interface PricedEvents {
  /** Of those that owe something at once. */
  readonly prices: readonly EventPrice[];
  /** Those with which a period would cost more than can be billed. */
  readonly excessive: ReadonlySet<NewEvent>;
}

/** What a period of a charge may cost, in minor units: not all that numbers hold, for invoices have sums, and taxes. */
const MOST = new Decimal(Number.MAX_SAFE_INTEGER).dividedBy(1_000);

/**
 * The fees that events give at once, in their order, the earlier ones being recorded before the later; and of all events,
 * also of those that are billed in arrears, which can't be. Their subscriptions come with their customers, and with
 * their plans' charges and metrics.
 */
export async function priceEvents(em: EntityManager, events: readonly NewEvent[]): Promise<PricedEvents> {
  const earlier = new Map<string, Pick<UsageEvent, 'properties'>[]>();
  const prices: EventPrice[] = [];
  const excessive = new Set<NewEvent>();
  for (const event of events) {
    const charge = chargeFor(event);
    const time = charge && timeOf(event);
    if (!time) continue;
    const currency = event.subscription.plan.amountCurrency;
    // what is little is not added up to what was used before: that takes long, and it takes a million of them to matter
    if (!charge.payInAdvance && exactPrice(charge, [event], currency).times(1_000).lt(MOST)) continue;
    const key = JSON.stringify([event.subscription.id, event.code, time.from]);
    const known = earlier.get(key) ?? (await loadEvents(em, event, time));
    const all = [...known, event];
    if (exactPrice(charge, all, currency).gt(MOST)) {
      excessive.add(event);
      continue;
    }
    earlier.set(key, all);
    if (!charge.payInAdvance) continue;
    const fee = advanceFee(charge, known, event, { subscriptionId: event.subscription.id, currency, ...time });
    if (fee) prices.push({ event, charge, fee });
  }
  return { prices, excessive };
}

/** The charge for events of this kind, if there is one. */
export function chargeFor({ subscription, code }: Pick<NewEvent, 'subscription' | 'code'>): Charge | undefined {
  return subscription.plan.charges.getItems().find((charge) => charge.billableMetric.code === code);
}

/** In minor units, before it is rounded. */
function exactPrice(
  { billableMetric, amount }: Charge,
  events: readonly Pick<UsageEvent, 'properties'>[],
  currency: string,
): Decimal {
  return mostUsed(billableMetric, events).times(amount).shiftedBy(currencyDigits(currency));
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

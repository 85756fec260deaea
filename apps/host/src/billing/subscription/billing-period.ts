import type { IsoDate } from '@anrok-nest/tax';
import { Temporal } from 'temporal-polyfill';
import type { PlanInterval } from '../plan/plan.entity.js';
import { addDays } from '../invoice/calendar-date.js';
import type { BillingTime } from './subscription.entity.js';

// Periods are made of days, not of hours: when a day begins depends on the place, which days there are does not.

/** What the periods of a subscription follow from. */
export interface BillingSchedule {
  readonly interval: PlanInterval;
  readonly billingTime: BillingTime;
  /** Its first day. */
  readonly startsOn: IsoDate;
  /** The day after its last, once that is known. */
  readonly endsOn?: IsoDate;
}

/** An interval, or the part of it for which there is a subscription. */
export interface BillingPeriod {
  readonly startsOn: IsoDate;
  /** The day after its last: on which the next one starts. */
  readonly endsOn: IsoDate;
  readonly days: number;
  /** Of the interval that it is, or is a part of. */
  readonly wholeDays: number;
}

/** What falls due at the beginning of a day. */
export interface BillingOccasion {
  /** Has ended: what is paid in arrears. */
  readonly closed?: BillingPeriod;
  /** Begins: what is paid in advance. */
  readonly opened?: BillingPeriod;
}

/** The period that a day of the subscription belongs to. */
export function periodAt(schedule: BillingSchedule, day: IsoDate): BillingPeriod {
  const interval = intervalAt(schedule, day);
  // ISO dates compare as text
  const startsOn = interval.startsOn < schedule.startsOn ? schedule.startsOn : interval.startsOn;
  const endsOn = schedule.endsOn && schedule.endsOn < interval.endsOn ? schedule.endsOn : interval.endsOn;
  return { startsOn, endsOn, days: daysOf({ startsOn, endsOn }), wholeDays: daysOf(interval) };
}

/** @param day one on which a period of the subscription starts or ends */
export function occasionOn(schedule: BillingSchedule, day: IsoDate): BillingOccasion {
  return {
    ...(day > schedule.startsOn && { closed: periodAt(schedule, addDays(day, -1)) }),
    ...((!schedule.endsOn || day < schedule.endsOn) && { opened: periodAt(schedule, day) }),
  };
}

/** All occasions up to a day, from the next one on, and the one after them; null when there is none any more. */
export function occasionsUntil(
  schedule: BillingSchedule,
  next: IsoDate | null | undefined,
  lastDay: IsoDate,
): { readonly occasions: readonly BillingOccasion[]; readonly next: IsoDate | null } {
  const occasions: BillingOccasion[] = [];
  let day = next ?? null;
  while (day !== null && day <= lastDay) {
    const occasion = occasionOn(schedule, day);
    occasions.push(occasion);
    day = occasion.opened?.endsOn ?? null;
  }
  return { occasions, next: day };
}

/** The first occasion from a day on: what lies before it has been billed elsewhere, or never will be. */
export function firstOccasion(schedule: BillingSchedule, from: IsoDate): IsoDate {
  if (schedule.startsOn >= from) return schedule.startsOn;
  const period = periodAt(schedule, from);
  return period.startsOn === from ? from : period.endsOn;
}

/** A Monday, and the first day of a month, of a quarter and of a year: every calendar interval can be counted from it. */
const CALENDAR_ANCHOR: IsoDate = '2001-01-01';

const LENGTHS: Record<PlanInterval, { readonly unit: 'weeks' | 'months'; readonly count: number }> = {
  weekly: { unit: 'weeks', count: 1 },
  monthly: { unit: 'months', count: 1 },
  quarterly: { unit: 'months', count: 3 },
  yearly: { unit: 'months', count: 12 },
};

/** Counted from the anchor, not from one to the next: after the 28th of February comes the 31st of March again. */
function intervalAt({ interval, billingTime, startsOn }: BillingSchedule, day: IsoDate) {
  const anchor = Temporal.PlainDate.from(billingTime === 'calendar' ? CALENDAR_ANCHOR : startsOn);
  const at = Temporal.PlainDate.from(day);
  const { unit, count } = LENGTHS[interval];
  const start = (index: number) => anchor.add({ [unit]: index * count });

  const months = (at.year - anchor.year) * 12 + at.month - anchor.month;
  const units = unit === 'months' ? months : anchor.until(at).days / 7;
  const latest = Math.floor(units / count);
  const index = Temporal.PlainDate.compare(start(latest), at) > 0 ? latest - 1 : latest;
  return { startsOn: start(index).toString(), endsOn: start(index + 1).toString() };
}

function daysOf({ startsOn, endsOn }: { startsOn: IsoDate; endsOn: IsoDate }): number {
  return Temporal.PlainDate.from(startsOn).until(endsOn).days;
}

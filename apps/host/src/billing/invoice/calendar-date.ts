import type { IsoDate } from '@anrok-nest/tax';
import { Temporal } from 'temporal-polyfill';

/** The day on the calendar of a place: a moment late in Denver's evening is already the next day in UTC. */
export function calendarDate(moment: Date, timeZone: string): IsoDate {
  return Temporal.Instant.fromEpochMilliseconds(moment.getTime()).toZonedDateTimeISO(timeZone).toPlainDate().toString();
}

/** When a day begins at a place: at midnight, or when the clocks have skipped it. */
export function startOfDay(date: IsoDate, timeZone: string): Date {
  return new Date(Temporal.PlainDate.from(date).toZonedDateTime(timeZone).epochMilliseconds);
}

export function addDays(date: IsoDate, days: number): IsoDate {
  return Temporal.PlainDate.from(date).add({ days }).toString();
}

import type { IsoDate } from '@anrok-nest/tax';
import { calendarDate } from '../invoice/calendar-date.js';

/** The last day that can be billed at a place: the one that is asked for, unless it has yet to begin there. */
export function lastDay(day: IsoDate | undefined, now: Date, timeZone: string): IsoDate {
  const today = calendarDate(now, timeZone);
  return day && day < today ? day : today;
}

import type { IsoDate } from './jurisdiction.js';

/** The zones that an accounting time can be read in; a closed list. */
export const ACCOUNTING_TIME_ZONES = [
  'UTC',
  'America/New_York',
  'America/Chicago',
  'America/Denver',
  'America/Los_Angeles',
  'America/Anchorage',
  'Pacific/Honolulu',
  'Australia/Perth',
  'Australia/Adelaide',
  'Australia/Darwin',
  'Australia/Brisbane',
  'Australia/Sydney',
  'America/Halifax',
  'America/Toronto',
  'America/Winnipeg',
  'America/Regina',
  'America/Edmonton',
  'America/Vancouver',
  'Europe/Berlin',
  'Europe/Brussels',
  'Europe/Dublin',
  'Europe/Helsinki',
  'Europe/London',
  'Europe/Paris',
  'Europe/Rome',
  'Europe/Stockholm',
  'Asia/Tokyo',
  'Asia/Singapore',
] as const;
export type AccountingTimeZone = (typeof ACCOUNTING_TIME_ZONES)[number];

/** The calendar date of a moment in a zone. */
export function dateIn(timeZone: AccountingTimeZone, time: Date): IsoDate {
  const format = new Intl.DateTimeFormat('en', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
  const parts = new Map(format.formatToParts(time).map(({ type, value }) => [type, value]));
  return `${parts.get('year')?.padStart(4, '0')}-${parts.get('month')}-${parts.get('day')}`;
}

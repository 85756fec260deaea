import { describe, expect, it } from '@jest/globals';
import { addDays, calendarDate } from './calendar-date.js';
import { invoiceNumber } from './invoice-number.js';

describe('a day on the calendar', () => {
  it.each([
    ['2026-03-15T12:00:00Z', 'UTC', '2026-03-15'],
    ['2027-01-01T06:59:59Z', 'America/Denver', '2026-12-31'],
    ['2027-01-01T07:00:00Z', 'America/Denver', '2027-01-01'],
    ['2026-03-15T14:00:00Z', 'Pacific/Kiritimati', '2026-03-16'],
    ['2026-03-08T23:30:00Z', '+05:30', '2026-03-09'],
  ])('is, at %s in %s, %s', (moment, timeZone, date) => {
    expect(calendarDate(new Date(moment), timeZone)).toBe(date);
  });

  it.each([
    ['2026-03-15', 0, '2026-03-15'],
    ['2026-12-31', 30, '2027-01-30'],
    ['2028-02-28', 1, '2028-02-29'],
  ])('is, after %s and %i days, %s', (date, days, expected) => {
    expect(addDays(date, days)).toBe(expected);
  });
});

describe('the number of an invoice', () => {
  it.each([
    [1, 'INV-2026-000001'],
    [999_999, 'INV-2026-999999'],
    [1_000_000, 'INV-2026-1000000'],
  ])('is, for %i, %s', (sequence, number) => {
    expect(invoiceNumber('2026-03-15', sequence)).toBe(number);
  });
});

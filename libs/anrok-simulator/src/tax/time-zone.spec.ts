import { describe, expect, it } from '@jest/globals';
import { ACCOUNTING_TIME_ZONES, dateIn } from './time-zone.js';

describe('dateIn', () => {
  it.each([
    ['UTC', '2022-01-02T03:30:00Z', '2022-01-02'],
    ['America/New_York', '2022-01-02T03:30:00Z', '2022-01-01'],
    ['Asia/Tokyo', '2021-12-31T15:00:00Z', '2022-01-01'],
    ['Asia/Tokyo', '2021-12-31T14:59:59Z', '2021-12-31'],
    ['Europe/Berlin', '2026-06-30T22:00:00Z', '2026-07-01'],
    ['UTC', '0099-01-01T00:00:00Z', '0099-01-01'],
  ] as const)('reads in %s the time %s as %s', (zone, time, date) => {
    expect(dateIn(zone, new Date(time))).toBe(date);
  });

  it('knows every zone of the closed list', () => {
    for (const zone of ACCOUNTING_TIME_ZONES)
      expect(dateIn(zone, new Date('2026-06-15T12:00:00Z'))).toMatch(/^2026-06-1/);
  });
});

import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { scheduledInstant } from './scheduled-instant.js';

const at = (cron: string, now: string, timeZone = 'UTC') =>
  scheduledInstant(cron, timeZone, new Date(now)).toISOString();

describe('scheduledInstant', () => {
  it.each([
    ['0 3 * * *', '2026-03-15T03:00:00.000Z', 'UTC', '2026-03-15T03:00:00.000Z'],
    ['0 3 * * *', '2026-03-15T03:00:07.250Z', 'UTC', '2026-03-15T03:00:00.000Z'],
    ['0 3 * * *', '2026-03-15T02:59:59.999Z', 'UTC', '2026-03-14T03:00:00.000Z'],
    ['0 3 * * *', '2026-07-15T12:00:00.000Z', 'Europe/Paris', '2026-07-15T01:00:00.000Z'],
    ['0 3 1 * *', '2026-03-31T12:00:00.000Z', 'UTC', '2026-03-01T03:00:00.000Z'],
    ['*/5 * * * * *', '2026-03-15T12:00:04.999Z', 'UTC', '2026-03-15T12:00:00.000Z'],
    // the night without 02:30, and the one with two
    ['30 2 * * *', '2026-03-29T12:00:00.000Z', 'Europe/Paris', '2026-03-29T01:00:00.000Z'],
    ['30 3 * * *', '2026-10-25T12:00:00.000Z', 'Europe/Paris', '2026-10-25T02:30:00.000Z'],
  ])('of %s at %s in %s is %s', (cron, now, timeZone, instant) => {
    expect(at(cron, now, timeZone)).toBe(instant);
  });

  it('is the same for all who ask before the next one', () => {
    const day = Date.parse('2026-03-15T03:00:00Z');
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 86_400_000 - 1 }), (late) => {
        expect(scheduledInstant('0 3 * * *', 'UTC', new Date(day + late)).getTime()).toBe(day);
      }),
    );
  });
});

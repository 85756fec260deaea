import { describe, expect, it } from '@jest/globals';
import { toMoment, toTimestamp } from './moment.js';

describe('toMoment', () => {
  it.each([
    ['2026-06-01', '2026-06-01T00:00:00.000Z'],
    ['2026-06-01T10:20', '2026-06-01T10:20:00.000Z'],
    ['2026-06-01T10:20:30', '2026-06-01T10:20:30.000Z'],
    ['2026-06-01T10:20:30.123456Z', '2026-06-01T10:20:30.123Z'],
    ['2026-06-01T10:20:30+02:00', '2026-06-01T08:20:30.000Z'],
    ['2026-06-01T10:20:30-0700', '2026-06-01T17:20:30.000Z'],
  ])('reads %s as %s, in UTC where no zone is given', (text, moment) => {
    expect(toMoment(text)?.toISOString()).toBe(moment);
  });

  it.each(['2026-06-31', '2026-06-01T25:00:00Z', '2026-W01-1', '0000-01-01', '1 June 2026', '', 7, null, undefined])(
    'does not read %j',
    (text) => expect(toMoment(text)).toBeUndefined(),
  );
});

describe('toTimestamp', () => {
  it.each([
    [0, '1970-01-01T00:00:00.000Z'],
    [1_773_568_800, '2026-03-15T10:00:00.000Z'],
    // the last of the digits is no millisecond
    ['1773568800.1239', '2026-03-15T10:00:00.123Z'],
    ['2026-03-15T10:00:00Z', '2026-03-15T10:00:00.000Z'],
  ])('reads %j as %s', (value, moment) => {
    expect(toTimestamp(value)?.toISOString()).toBe(moment);
  });

  it.each([-1, 1_773_568_800_000, 'now', '', {}, null, undefined])('does not read %j', (value) => {
    expect(toTimestamp(value)).toBeUndefined();
  });
});

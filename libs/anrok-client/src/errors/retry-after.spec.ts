import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { retryAfterMs } from './retry-after.js';

describe('Retry-After', () => {
  it.each([
    ['3', 3000],
    ['0.5', 500],
    [' 2 ', 2000],
    ['60', 60_000],
  ])('%s is that many seconds', (text, ms) => {
    expect(retryAfterMs({ 'retry-after': text })).toBe(ms);
  });

  it("may be a date, measured by the answer's own clock", () => {
    const headers = { 'retry-after': 'Wed, 21 Oct 2026 07:28:05 GMT', date: 'Wed, 21 Oct 2026 07:28:00 GMT' };
    expect(retryAfterMs(headers)).toBe(5000);
  });

  it.each([
    ['absent', {}],
    ['empty', { 'retry-after': '' }],
    ['nonsense', { 'retry-after': 'soon' }],
    ['zero', { 'retry-after': '0' }],
    ['negative', { 'retry-after': '-5', date: 'Wed, 21 Oct 2026 07:28:00 GMT' }],
    ['a date that is over', { 'retry-after': 'Wed, 21 Oct 2026 07:27:00 GMT', date: 'Wed, 21 Oct 2026 07:28:00 GMT' }],
    ['a date without a clock to measure it by', { 'retry-after': 'Wed, 21 Oct 2026 07:28:00 GMT' }],
  ])('is a second when it is %s', (_, headers) => {
    expect(retryAfterMs(headers)).toBe(1000);
  });

  it('is never longer than a minute', () => {
    expect(retryAfterMs({ 'retry-after': '86400' })).toBe(60_000);
    expect(retryAfterMs({ 'retry-after': '9'.repeat(400) })).toBe(60_000);
  });

  it('is a whole number from 1 to 60,000 whatever the headers say', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (text, date) => {
        const ms = retryAfterMs({ 'retry-after': text, date });
        expect(Number.isInteger(ms) && ms >= 1 && ms <= 60_000).toBe(true);
      }),
    );
  });
});

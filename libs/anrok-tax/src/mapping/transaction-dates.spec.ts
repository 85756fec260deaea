import { describe, expect, it } from '@jest/globals';
import { ownDateFrom, toTransactionDates } from './transaction-dates.js';

const now = new Date('2026-03-15T23:30:00Z');

describe('toTransactionDates', () => {
  it.each([
    ['2026-03-15', '2026-03-15'],
    ['2026-04-14', '2026-04-14'],
    ['2026-04-15', '2026-04-14'],
    ['2027-03-15', '2026-04-14'],
    ['1999-01-01', '1999-01-01'],
    ['1998-12-31', '1999-01-01'],
  ])('sends %s as %s on 15 March 2026', (given, sent) => {
    expect(toTransactionDates({ accountingDate: given }, now)).toEqual({ accountingDate: sent });
    expect(toTransactionDates({ accountingDate: '2026-01-01', taxDate: given }, now)).toEqual({
      accountingDate: '2026-01-01',
      taxDate: sent,
    });
  });
});

describe('ownDateFrom', () => {
  const sentAt = (accountingDate: string, at: Date) => toTransactionDates({ accountingDate }, at).accountingDate;

  it.each(['2026-04-15', '2026-05-01', '2027-03-15', '2028-03-30'])(
    'is the first moment at which %s is sent as it is',
    (accountingDate) => {
      const from = ownDateFrom({ accountingDate }, sentAt(accountingDate, now))!;
      expect(from > now).toBe(true);
      expect(sentAt(accountingDate, from)).toBe(accountingDate);
      expect(sentAt(accountingDate, new Date(from.getTime() - 1))).not.toBe(accountingDate);
    },
  );

  it.each(['2026-03-15', '2026-04-14', '1998-12-31'])('is none for %s, which no time makes different', (date) => {
    expect(ownDateFrom({ accountingDate: date }, sentAt(date, now))).toBeUndefined();
  });

  it('is over already where it was reached since the document was sent', () => {
    const midnight = new Date('2026-03-16T00:00:00Z');
    expect(ownDateFrom({ accountingDate: '2026-04-15' }, sentAt('2026-04-15', now))).toEqual(midnight);
  });

  it('is none where nothing was sent', () => {
    expect(ownDateFrom({ accountingDate: '2027-03-15' }, undefined)).toBeUndefined();
  });
});

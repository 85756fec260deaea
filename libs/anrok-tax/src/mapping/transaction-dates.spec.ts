import { describe, expect, it } from '@jest/globals';
import { toTransactionDates } from './transaction-dates.js';

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

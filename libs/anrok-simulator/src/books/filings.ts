import type { IsoDate } from '../tax/jurisdiction.js';
import type { Transaction } from './transaction.js';

/** A month's return in one jurisdiction. */
export interface Filing {
  readonly jurisId: string;
  /** The month: "2026-01". */
  readonly jurisFilingId: string;
  readonly name: string;
  readonly isAutomaticallyUpdatedForTransactionChanges: boolean;
  readonly isFiled: boolean;
  readonly period: { readonly begin: IsoDate; readonly endInclusive: IsoDate };
}

/** One filing per month and jurisdiction that a transaction in force falls into; filed once any of them is frozen. */
export function filingsOf(transactions: readonly Transaction[]): Filing[] {
  const filings = new Map<string, Filing>();
  for (const transaction of transactions)
    for (const jurisId of jurisIdsOf(transaction)) {
      const jurisFilingId = monthOf(transaction);
      const key = JSON.stringify([jurisFilingId, jurisId]);
      const isFiled = transaction.isFrozen || (filings.get(key)?.isFiled ?? false);
      filings.set(key, {
        jurisId,
        jurisFilingId,
        name: monthName(jurisFilingId),
        isAutomaticallyUpdatedForTransactionChanges: !isFiled,
        isFiled,
        period: { begin: `${jurisFilingId}-01`, endInclusive: lastDayOf(jurisFilingId) },
      });
    }
  return [...filings.values()];
}

export function isFiledWith(
  transaction: Transaction,
  { jurisId, jurisFilingId }: Pick<Filing, 'jurisId' | 'jurisFilingId'>,
): boolean {
  return monthOf(transaction) === jurisFilingId && jurisIdsOf(transaction).has(jurisId);
}

/** @param month YYYY-MM */
export function lastDayOf(month: string): IsoDate {
  const [year, monthNumber] = month.split('-').map(Number) as [number, number];
  const last = new Date(0);
  // the day before the first of the next month; Date.UTC would take the years 0 to 99 for 1900 to 1999
  last.setUTCFullYear(year, monthNumber, 0);
  return last.toISOString().slice(0, 10);
}

/** Where the seller has a return to file; a void transaction is in none. */
function jurisIdsOf({ state, content }: Transaction): Set<string> {
  const verdicts = state === 'voided' ? [] : content.lines.flatMap((line) => line.jurisdictions);
  return new Set(
    verdicts
      .filter(({ notTaxedReason: reason }) => reason?.type !== 'notCollecting' && reason?.type !== 'jurisHasNoTax')
      .map(({ id }) => id),
  );
}

function monthOf({ content }: Transaction): string {
  return content.accountingDate.slice(0, 7);
}

function monthName(month: string): string {
  const format = new Intl.DateTimeFormat('en', { month: 'long', year: 'numeric', timeZone: 'UTC' });
  return format.format(new Date(`${month}-01T00:00:00Z`));
}

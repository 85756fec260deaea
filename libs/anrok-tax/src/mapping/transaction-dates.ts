import type { IsoDate, TaxDocument } from '@anrok-nest/tax';

/** Anrok refuses anything earlier. */
const EARLIEST: IsoDate = '1999-01-01';

/** Anrok takes 31 days; one is left to the time zones between us and the seller account. */
const DAYS_AHEAD = 30;

/** The document's dates as Anrok accepts them: what lies too far ahead or back is moved to the nearest day allowed. */
export function toTransactionDates(
  document: Pick<TaxDocument, 'accountingDate' | 'taxDate'>,
  now: Date,
): { accountingDate: IsoDate; taxDate?: IsoDate } {
  const latest = new Date(now.getTime() + DAYS_AHEAD * 86_400_000).toISOString().slice(0, 10);
  // ISO dates compare as text
  const clamp = (date: IsoDate) => (date > latest ? latest : date < EARLIEST ? EARLIEST : date);
  return {
    accountingDate: clamp(document.accountingDate),
    ...(document.taxDate !== undefined && { taxDate: clamp(document.taxDate) }),
  };
}

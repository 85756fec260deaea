import type { IsoDate, TaxDocument } from '@anrok-nest/tax';

/** Anrok refuses anything earlier. */
const EARLIEST: IsoDate = '1999-01-01';

/** Anrok takes 31 days; one is left to the time zones between us and the seller account. */
const DAYS_AHEAD = 30;
const DAY_MS = 86_400_000;

/** The document's dates as Anrok accepts them: what lies too far ahead or back is moved to the nearest day allowed. */
export function toTransactionDates(
  document: Pick<TaxDocument, 'accountingDate' | 'taxDate'>,
  now: Date,
): { accountingDate: IsoDate; taxDate?: IsoDate } {
  const latest = new Date(now.getTime() + DAYS_AHEAD * DAY_MS).toISOString().slice(0, 10);
  // ISO dates compare as text
  const clamp = (date: IsoDate) => (date > latest ? latest : date < EARLIEST ? EARLIEST : date);
  return {
    accountingDate: clamp(document.accountingDate),
    ...(document.taxDate !== undefined && { taxDate: clamp(document.taxDate) }),
  };
}

/**
 * From when on Anrok takes the accounting date that the document has, where it was sent an earlier one because that lay
 * too far ahead: until then the document is in another month's return. Undefined where there is nothing to wait for.
 */
export function ownDateFrom(
  { accountingDate }: Pick<TaxDocument, 'accountingDate'>,
  sent: IsoDate | undefined,
): Date | undefined {
  if (sent === undefined || sent >= accountingDate) return undefined;
  return new Date(Date.parse(accountingDate) - DAYS_AHEAD * DAY_MS);
}

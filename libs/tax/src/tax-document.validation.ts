import { currencyDigits } from './currency.js';
import { isDecimalString } from './decimal.js';
import { sumOf, toMinorUnits } from './money.js';
import type { TaxDocument, TaxableLine } from './tax-document.js';
import { InvalidTaxDocumentError } from './tax.error.js';

/**
 * Refuses a document that no strategy could tax: every strategy calls it first, so that a wrong document fails alike
 * everywhere and before anything is sent.
 *
 * @throws InvalidTaxDocumentError, InvalidAmountError, UnknownCurrencyError
 */
export function assertTaxDocument(document: TaxDocument): void {
  assertFilled(document.id, 'id');
  assertFilled(document.customer.id, 'customer.id');
  if (document.customer.account) assertFilled(document.customer.account.code, 'customer.account.code');
  currencyDigits(document.currency);
  assertDate(document.accountingDate, 'accountingDate');
  if (document.taxDate !== undefined) assertDate(document.taxDate, 'taxDate');
  document.lines.forEach(assertLine);
  assertCredit(document);
  const ids = new Set(document.lines.map((line) => line.id));
  if (ids.size !== document.lines.length) throw new InvalidTaxDocumentError('lines', 'have an id that occurs twice');
  sumOf(document.lines.map((line) => line.amount));
}

function assertCredit({ kind, creditedInvoiceId, lines }: TaxDocument): void {
  if (kind !== 'credit_note') {
    if (creditedInvoiceId !== undefined) throw new InvalidTaxDocumentError('creditedInvoiceId', 'is for credit notes');
    return;
  }
  assertFilled(creditedInvoiceId ?? '', 'creditedInvoiceId');
  lines.forEach(({ amount, creditedLineId }, index) => {
    assertFilled(creditedLineId ?? '', `lines[${index}].creditedLineId`);
    if (amount > 0) throw new InvalidTaxDocumentError(`lines[${index}].amount`, 'must not be above zero');
  });
  const credited = new Set(lines.map((line) => line.creditedLineId));
  if (credited.size !== lines.length) throw new InvalidTaxDocumentError('lines', 'credit the same line twice');
}

function assertLine(line: TaxableLine, index: number): void {
  const at = `lines[${index}]`;
  assertFilled(line.id, `${at}.id`);
  assertFilled(line.item.type, `${at}.item.type`);
  assertFilled(line.item.id, `${at}.item.id`);
  toMinorUnits(line.amount, `${at}.amount`);
  if (line.quantity !== undefined && !isDecimalString(line.quantity))
    throw new InvalidTaxDocumentError(`${at}.quantity`, 'must be a decimal string such as "12.3"');
}

function assertFilled(text: string, field: string): void {
  if (typeof text !== 'string' || text.trim() === '') throw new InvalidTaxDocumentError(field, 'must not be empty');
}

function assertDate(text: string, field: string): void {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  // Date.parse lets 31 June roll over into July
  if (Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== text)
    throw new InvalidTaxDocumentError(field, 'must be a date like 2026-01-31');
}

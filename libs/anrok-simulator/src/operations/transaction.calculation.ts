import type { TransactionContent } from '../books/transaction.js';
import type { CalculationBody } from '../schema/transaction.schema.js';
import { resolveJurisdictions } from '../tax/address.resolution.js';
import { isCurrencySupported } from '../tax/currency.js';
import { exemptionOf } from '../tax/exemptions.js';
import type { IsoDate, Jurisdiction } from '../tax/jurisdiction.js';
import { findCategory } from '../tax/product-tax-category.js';
import { type Circumstances, isUnsupported, taxLine } from '../tax/tax-engine.js';
import type { TaxedLine } from '../tax/taxed-line.js';
import { dateIn } from '../tax/time-zone.js';
import { Conflict } from '../wire/conflict.js';
import type { OperationContext } from './operation.js';

const EARLIEST_DATE = '1999-01-01';
const DAYS_AHEAD = 31;

/**
 * Taxes a well-formed document, or says why it can't be. Changes nothing. The ship-from address has a form to keep and
 * no say in the tax.
 */
export function calculate(body: CalculationBody, context: OperationContext): TransactionContent | Conflict {
  const { currencyCode, customerAddress: address, customerName } = body;
  if (!isCurrencySupported(currencyCode)) return new Conflict('currencyCodeNotSupported');
  const dates = datesOf(body, context);
  if (dates instanceof Conflict) return dates;
  const jurisdictions = resolveJurisdictions(address);
  if (!jurisdictions) return new Conflict('customerAddressCouldNotResolve');
  const customerId = body.customerId ?? null;
  if (customerId !== null && customerName === undefined && !context.books.customers.has(customerId))
    return new Conflict('customerIdNotFound');

  const taxIds = (body.customerTaxIds ?? []).map(({ value }) => value);
  const certificates = context.books.certificates.all().filter((one) => one.customerId === customerId);
  const { taxDate } = dates;
  const exemptionIn = (jurisdiction: Jurisdiction) => exemptionOf({ taxIds, certificates }, jurisdiction, taxDate);
  const lines = taxedLines(body.lineItems, { jurisdictions, taxDate, exemptionIn }, context);
  if (lines instanceof Conflict) return lines;
  return { currencyCode, customerId, customerName: customerName ?? null, address, taxIds, ...dates, lines };
}

type Dates = Pick<TransactionContent, 'accountingDate' | 'taxDate'>;

function datesOf(body: CalculationBody, context: OperationContext): Dates | Conflict {
  const accountingDate = accountingDateOf(body, context);
  if (accountingDate === undefined) return new Conflict('accountingTimeZoneNotSetForSeller');
  const taxDate = body.taxDate ?? accountingDate;
  const latest = new Date(context.now.getTime() + DAYS_AHEAD * 86_400_000).toISOString().slice(0, 10);
  for (const date of [accountingDate, taxDate]) {
    if (date < EARLIEST_DATE) return new Conflict('taxDateTooFarInPast');
    if (date > latest) return new Conflict('taxDateTooFarInFuture');
  }
  return { accountingDate, taxDate };
}

/** A date goes before a time; a time without a zone is read in the seller's, where there is one. */
function accountingDateOf(body: CalculationBody, { settings }: OperationContext): IsoDate | undefined {
  if (body.accountingDate !== undefined) return body.accountingDate;
  const zone = body.accountingTimeZone ?? settings.accountingTimeZone;
  return zone === null || body.accountingTime === undefined ? undefined : dateIn(zone, new Date(body.accountingTime));
}

function taxedLines(
  items: CalculationBody['lineItems'],
  circumstances: Circumstances,
  { books }: OperationContext,
): TaxedLine[] | Conflict {
  const lines: TaxedLine[] = [];
  for (const { id, productExternalId, amount, quantity, isTaxIncludedInAmount } of items) {
    const product = books.products.find(productExternalId);
    const category = product && findCategory(product.taxCategoryId)?.id;
    if (!category) return new Conflict('productExternalIdUnknown', { productExternalId });
    if (isUnsupported(category, circumstances.jurisdictions))
      return new Conflict('productTaxCategoryNotSupportedForJuris');
    const taxIncluded = isTaxIncludedInAmount ?? false;
    const line = { id: id ?? null, productExternalId, category, amount, quantity: quantity ?? null, taxIncluded };
    lines.push(taxLine(line, circumstances));
  }
  return lines;
}

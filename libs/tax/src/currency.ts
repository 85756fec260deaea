import currencyCodes from 'currency-codes';
import { UnknownCurrencyError } from './tax.error.js';

/**
 * How many decimal digits a currency's smallest unit has: 2 for USD, 0 for JPY, 3 for KWD (ISO 4217).
 * Intl.NumberFormat is no substitute: it says 0 for HUF and IDR, whose smallest unit is a hundredth.
 *
 * @throws UnknownCurrencyError
 */
export function currencyDigits(currency: string): number {
  const record = /^[A-Z]{3}$/.test(currency) ? currencyCodes.code(currency) : undefined;
  if (!record) throw new UnknownCurrencyError(currency);
  return record.digits;
}

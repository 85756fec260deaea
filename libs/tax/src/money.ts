import { currencyDigits } from './currency.js';
import { Decimal, isDecimalString } from './decimal.js';
import { InvalidAmountError } from './tax.error.js';

/** A whole number of a currency's smallest unit: 1050 is USD 10.50, JPY 1050 or KWD 1.050. Never a fraction. */
export type MinorUnits = number;

/** @throws InvalidAmountError when the value is no whole number that a double holds exactly. */
export function toMinorUnits(value: number, what = 'amount'): MinorUnits {
  if (!Number.isSafeInteger(value)) throw new InvalidAmountError(what, value);
  return value === 0 ? 0 : value; // -0 is 0
}

/** @throws InvalidAmountError when the total leaves the range of exact whole numbers. */
export function sumOf(amounts: Iterable<MinorUnits>): MinorUnits {
  let total = 0;
  for (const amount of amounts) total = toMinorUnits(total + toMinorUnits(amount), 'total');
  return total;
}

/** Rounds to the nearest minor unit, halves away from zero, so that a credit mirrors what it credits. */
export function roundToMinorUnits(exact: Decimal): MinorUnits {
  return toMinorUnits(exact.integerValue(Decimal.ROUND_HALF_UP).toNumber(), 'rounded amount');
}

/** 1050 USD → "10.50". For people and for APIs that speak in major units. */
export function toDecimalString(amount: MinorUnits, currency: string): string {
  const digits = currencyDigits(currency);
  return new Decimal(toMinorUnits(amount)).shiftedBy(-digits).toFixed(digits);
}

/** "10.5" USD → 1050. @throws InvalidAmountError on anything finer than the smallest unit. */
export function fromDecimalString(text: string, currency: string): MinorUnits {
  const exact = isDecimalString(text) ? new Decimal(text).shiftedBy(currencyDigits(currency)) : undefined;
  if (!exact?.isInteger()) throw new InvalidAmountError('amount', text);
  return toMinorUnits(exact.toNumber());
}

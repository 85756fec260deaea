import { BigNumber } from 'bignumber.js';

/**
 * The one decimal arithmetic of these libraries: addition and multiplication are exact, division keeps 20 places,
 * halves round away from zero. A clone, so that no other user of bignumber.js in the process can change it.
 */
export const Decimal = BigNumber.clone({ DECIMAL_PLACES: 20, ROUNDING_MODE: BigNumber.ROUND_HALF_UP });
export type Decimal = BigNumber;

const DECIMAL_STRING = /^-?\d{1,30}(\.\d{1,30})?$/;

/**
 * Whether a text is a plain decimal of at most 30 digits on either side of the point: no exponent, so that a short
 * text can't stand for a number of a million digits.
 */
export function isDecimalString(text: string): boolean {
  return DECIMAL_STRING.test(text);
}

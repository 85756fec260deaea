import { BigNumber } from 'bignumber.js';

/**
 * The simulator's decimals: sums and products are exact, division keeps 40 places, halves round away from zero.
 * A clone, so that no other user of bignumber.js in the process can change it.
 */
export const Decimal = BigNumber.clone({ DECIMAL_PLACES: 40, ROUNDING_MODE: BigNumber.ROUND_HALF_UP });
export type Decimal = BigNumber;

/** Decimals as the wire has them: "721.5", without an exponent and without a sign on zero. */
export function toText(value: Decimal): string {
  return value.toFixed();
}

export function sumOf(values: readonly (Decimal | string | number)[]): Decimal {
  return values.reduce<Decimal>((sum, value) => sum.plus(value), new Decimal(0));
}

export function negated(text: string): string {
  return toText(new Decimal(text).negated());
}

/** To whole minor units, halves away from zero: a credit rounds as the invoice that it mirrors. */
export function toWholeUnits(exact: Decimal): number {
  return exact.integerValue(Decimal.ROUND_HALF_UP).toNumber() + 0; // -0 + 0 is 0
}

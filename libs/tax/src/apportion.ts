import { Decimal } from './decimal.js';
import { InvalidAmountError } from './tax.error.js';
import { type MinorUnits, toMinorUnits } from './money.js';

/**
 * Splits a total over weights so that the parts add up to it exactly and each is less than one unit away from its
 * exact share (largest remainder; ties go to the earlier part). Mirrors under negation: a credit splits as its invoice.
 * Weights of one sign, or all zero: then the parts are as equal as can be.
 *
 * @throws InvalidAmountError when there is something to split and no part to hold it, or when weights cancel out
 */
export function apportion(total: MinorUnits, weights: readonly Decimal[]): MinorUnits[] {
  toMinorUnits(total, 'total to apportion');
  if (total === 0) return weights.map(() => 0);
  if (total < 0) return apportion(-total, weights).map((part) => toMinorUnits(-part));
  if (weights.length === 0) throw new InvalidAmountError('total to apportion over nothing', total);

  const shares = exactShares(weights);
  const whole = shares.reduce((sum, share) => sum + share, 0n);
  if (whole === 0n) throw new InvalidAmountError('total to apportion over weights that cancel out', total);

  const parts = shares.map((share) => floorDivide(BigInt(total) * share, whole));
  const left = Number(BigInt(total) - parts.reduce((sum, part) => sum + part.quotient, 0n));
  const byRemainder = parts
    .map((part, index) => ({ index, remainder: part.remainder }))
    .toSorted((a, b) => (a.remainder === b.remainder ? a.index - b.index : a.remainder > b.remainder ? -1 : 1));
  const topped = new Set(byRemainder.slice(0, left).map((part) => part.index));
  return parts.map((part, index) => toMinorUnits(Number(part.quotient) + (topped.has(index) ? 1 : 0)));
}

/** Weights as whole numbers in the same proportions: division stays exact, where decimals would repeat. */
function exactShares(weights: readonly Decimal[]): bigint[] {
  if (weights.every((weight) => weight.isZero())) return weights.map(() => 1n);
  const places = Math.max(...weights.map((weight) => weight.decimalPlaces() ?? 0));
  const shares = weights.map((weight) => BigInt(weight.shiftedBy(places).toFixed(0)));
  return shares.reduce((sum, share) => sum + share, 0n) < 0n ? shares.map((share) => -share) : shares;
}

function floorDivide(dividend: bigint, divisor: bigint): { quotient: bigint; remainder: bigint } {
  const remainder = ((dividend % divisor) + divisor) % divisor;
  return { quotient: (dividend - remainder) / divisor, remainder };
}

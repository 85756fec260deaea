import type { Decimal } from './decimal.js';
import { toFixedPoint } from './fixed-point.js';
import { InvalidAmountError } from './tax.error.js';
import { type MinorUnits, toMinorUnits } from './money.js';

/**
 * Splits a total over weights so that the parts add up to it exactly and each is less than one unit away from its
 * exact share (largest remainder; ties go to the earlier part). Mirrors under negation: a credit splits as its invoice.
 * Weights of one sign, which have no share otherwise, or all zero: then the parts are as equal as can be.
 *
 * @throws InvalidAmountError when there is something to split and no part to hold it, or weights are of both signs
 */
export function apportion(total: MinorUnits, weights: readonly Decimal[]): MinorUnits[] {
  // whole numbers in the same proportions: division stays exact, where decimals would repeat
  return apportionWhole(total, toFixedPoint(weights.map((weight) => weight.toFixed())).values);
}

/** The same over weights that are whole numbers. @throws as `apportion` */
export function apportionWhole(total: MinorUnits, weights: readonly bigint[]): MinorUnits[] {
  toMinorUnits(total, 'total to apportion');
  if (total === 0) return weights.map(() => 0);
  if (weights.length === 0) throw new InvalidAmountError('total to apportion over nothing', total);
  if (weights.some((weight) => weight > 0n) && weights.some((weight) => weight < 0n))
    throw new InvalidAmountError('total to apportion over weights of both signs', total);
  if (weights.length === 1) return [total];

  const shares = toShares(weights);
  const whole = sum(shares);
  const size = BigInt(Math.abs(total));
  const parts = shares.map((share) => ({ quotient: (size * share) / whole, remainder: (size * share) % whole }));
  const left = Number(size - sum(parts.map(({ quotient }) => quotient)));
  const byRemainder = parts
    .map((part, index) => ({ index, remainder: part.remainder }))
    .toSorted((a, b) => (a.remainder === b.remainder ? a.index - b.index : a.remainder > b.remainder ? -1 : 1));
  const topped = new Set(byRemainder.slice(0, left).map((part) => part.index));
  const sign = Math.sign(total);
  return parts.map(({ quotient }, index) => toMinorUnits(sign * (Number(quotient) + (topped.has(index) ? 1 : 0))));
}

function toShares(weights: readonly bigint[]): readonly bigint[] {
  if (weights.every((weight) => weight === 0n)) return weights.map(() => 1n);
  return weights.map((weight) => (weight < 0n ? -weight : weight));
}

function sum(numbers: readonly bigint[]): bigint {
  let total = 0n;
  for (const number of numbers) total += number;
  return total;
}

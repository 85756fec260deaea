import {
  apportion,
  Decimal,
  firstOf,
  gapsIn,
  type Interval,
  lengthOf,
  type MinorUnits,
  sumOf,
  taxOn,
} from '@anrok-nest/tax';
import { type InputProblem, InvalidInputError, NotFoundError } from '../billing.error.js';
import type { Fee } from '../invoice/invoice.entity.js';

/** How much of a fee is to be taken back. */
export interface CreditInput {
  readonly feeId: string;
  /** As the fee was agreed on: without its tax, or with it where the price contains it. */
  readonly amountCents: MinorUnits;
}

/** A part of a fee, with the part of its tax that goes with it. */
export interface Credit {
  readonly fee: Fee;
  readonly amountCents: MinorUnits;
  readonly intervals: readonly Interval[];
  readonly ownTaxesAmountCents: MinorUnits;
  readonly ownIncludedTaxesAmountCents: MinorUnits;
}

/** All that is left of fees of which parts are taken already; fees of which nothing is left are left out. */
export function creditableOf(fees: readonly Fee[], takenOf: ReadonlyMap<string, readonly Interval[]>): Credit[] {
  const left = fees.map((fee) => toCredit(fee, gapsIn(fee.amountCents, takenOf.get(fee.id) ?? [])));
  return left.filter((credit) => credit.amountCents > 0);
}

/**
 * The credits that a caller asks for, out of what is left of the invoice's fees.
 *
 * @throws NotFoundError for a fee that is not the invoice's
 * @throws InvalidInputError naming every amount that can't be
 */
export function toCredits(
  wanted: readonly CreditInput[],
  fees: readonly Fee[],
  creditable: readonly Credit[],
): Credit[] {
  const leftOf = new Map(creditable.map((credit) => [credit.fee.id, credit]));
  const problems = wanted.flatMap(({ feeId, amountCents }, index): [string, InputProblem[]][] => {
    if (!fees.some((fee) => fee.id === feeId)) throw new NotFoundError('fee');
    if (wanted.findIndex((other) => other.feeId === feeId) < index)
      return [[`items[${index}].feeId`, ['value_already_exist']]];
    const isLeft = amountCents <= (leftOf.get(feeId)?.amountCents ?? 0);
    return isLeft ? [] : [[`items[${index}].amountCents`, ['higher_than_remaining_fee_amount']]];
  });
  if (problems.length > 0) throw new InvalidInputError(Object.fromEntries(problems));
  return wanted.map(({ feeId, amountCents }) => {
    const { fee, intervals } = leftOf.get(feeId)!;
    return toCredit(fee, firstOf(intervals, amountCents));
  });
}

/**
 * Spreads a sum that contains its taxes over all that is left, in proportion. Amounts and taxes add up to it exactly,
 * and none exceeds what is left; for that a tax may be a minor unit off what its intervals have.
 */
export function spreadOver(creditable: readonly Credit[], total: MinorUnits): Credit[] {
  const totals = apportion(total, creditable.map(totalOf).map(toDecimal));
  return creditable.flatMap(({ fee, intervals, amountCents, ownTaxesAmountCents }, index) => {
    const [amount, tax] = apportion(totals[index]!, [amountCents, ownTaxesAmountCents].map(toDecimal));
    const credit = { ...toCredit(fee, firstOf(intervals, amount!)), ownTaxesAmountCents: tax! };
    return totalOf(credit) > 0 ? [credit] : [];
  });
}

/** What the customer gets: the amount, and the tax that came on top of it. */
export function totalOf({ amountCents, ownTaxesAmountCents }: Credit): MinorUnits {
  return sumOf([amountCents, ownTaxesAmountCents]);
}

function toCredit(fee: Fee, intervals: readonly Interval[]): Credit {
  return {
    fee,
    amountCents: lengthOf(intervals),
    intervals,
    ownTaxesAmountCents: taxOn(intervals, fee.taxesAmountCents!, fee.amountCents),
    ownIncludedTaxesAmountCents: taxOn(intervals, fee.includedTaxesAmountCents!, fee.amountCents),
  };
}

function toDecimal(amount: MinorUnits): Decimal {
  return new Decimal(amount);
}

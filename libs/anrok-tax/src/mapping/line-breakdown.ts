import { apportionWhole, type FixedPoint, type MinorUnits, type TaxTreatment, toFixedPoint } from '@anrok-nest/tax';

/** Beyond this many taxes on a line nobody can tell which subset is meant: 2^12 sums are tried at most. */
const MOST_TAXES = 12;

export interface TaxPart {
  readonly taxAmount: MinorUnits;
  readonly treatment: TaxTreatment;
}

/**
 * Breaks a line's tax down to its taxes, in whole units that add up to it.
 *
 * Anrok shows the taxes of jurisdictions where the seller pays the tax himself like the others, and leaves them out of
 * the amount to collect, without marking them. Which ones they are follows from the sums: the taxes that the customer
 * pays are those that come closest to the line's tax. Where two choices are as close, earlier taxes are the
 * customer's (Anrok lists the higher authority first).
 *
 * @param tax what the customer pays on this line, on top or inside the price
 * @param exact the line's taxes as computed, before rounding: decimal strings
 */
export function breakDown(
  tax: MinorUnits,
  exact: readonly string[],
  paid: Extract<TaxTreatment, 'collected' | 'included'>,
): TaxPart[] {
  // one tax alone is all of it: nothing to choose, nothing to share
  if (exact.length === 1 && tax !== 0) return [{ taxAmount: tax, treatment: paid }];
  const amounts = toFixedPoint(exact);
  const isCustomers = paidByCustomer(tax, amounts);
  const parts = apportionWhole(
    tax,
    amounts.values.filter((_, index) => isCustomers(index)),
  );
  let next = 0;
  return exact.map((_, index) =>
    isCustomers(index)
      ? { taxAmount: parts[next++] ?? 0, treatment: paid }
      : { taxAmount: 0, treatment: 'paidBySeller' },
  );
}

/** Says by its index whether a tax is one that the customer pays. */
function paidByCustomer(tax: MinorUnits, { values, one }: FixedPoint): (index: number) => boolean {
  const collected = BigInt(tax) * one;
  const everyone = values.reduce((rest, value) => rest - value, collected);
  if (size(everyone) < one || values.length > MOST_TAXES) return () => true;
  if (tax === 0) return () => false;

  // what a choice leaves of the tax; the lowest bits are the earliest taxes
  const rests = [collected];
  for (const [index, value] of values.entries())
    for (let choice = 0; choice < 1 << index; choice++) rests.push(rests[choice]! - value);
  const all = rests.length - 1;
  let best = all;
  // a tie keeps the earliest
  for (let choice = 1; choice < all; choice++) if (size(rests[choice]!) < size(rests[best]!)) best = choice;
  // when no choice explains the amount, all taxes share it
  return size(rests[best]!) < one ? (index) => (best & (1 << index)) !== 0 : () => true;
}

function size(value: bigint): bigint {
  return value < 0n ? -value : value;
}

import { apportion, Decimal, type MinorUnits, type TaxTreatment } from '@anrok-nest/tax';

/** Beyond this many taxes on a line nobody can tell which subset is meant: 2^12 sums are tried at most. */
const MOST_TAXES = 12;

/**
 * Breaks a line's tax down to its taxes, in whole units that add up to it.
 *
 * Anrok shows the taxes of jurisdictions where the seller pays the tax himself like the others, and leaves them out of
 * the amount to collect, without marking them. Which ones they are follows from the sums: the taxes that the customer
 * pays are those that come closest to the line's tax. Where two choices are as close, earlier taxes are the
 * customer's (Anrok lists the higher authority first).
 *
 * @param tax what the customer pays on this line, on top or inside the price
 * @param exact the line's taxes as computed, before rounding
 */
export function breakDown(
  tax: MinorUnits,
  exact: readonly Decimal[],
  paid: Extract<TaxTreatment, 'collected' | 'included'>,
): { taxAmount: MinorUnits; treatment: TaxTreatment }[] {
  const customers = paidByCustomer(tax, exact);
  const parts = apportion(
    tax,
    exact.filter((_, index) => customers.has(index)),
  );
  let next = 0;
  return exact.map((_, index) =>
    customers.has(index)
      ? { taxAmount: parts[next++] ?? 0, treatment: paid }
      : { taxAmount: 0, treatment: 'paidBySeller' },
  );
}

/** Indexes of the taxes that the customer pays. */
function paidByCustomer(tax: MinorUnits, exact: readonly Decimal[]): ReadonlySet<number> {
  const everyone = new Set(exact.keys());
  const distance = (indexes: Iterable<number>) =>
    [...indexes].reduce((sum, index) => sum.minus(exact[index]!), new Decimal(tax)).abs();
  if (distance(everyone).lt(1) || exact.length > MOST_TAXES) return everyone;
  if (tax === 0) return new Set();

  let best = everyone;
  // the lowest bits are the earliest taxes: a tie keeps them
  for (let choice = 1; choice < 2 ** exact.length; choice++) {
    const indexes = new Set([...exact.keys()].filter((index) => choice & (1 << index)));
    if (distance(indexes).lt(distance(best))) best = indexes;
  }
  // when no choice explains the amount, all taxes share it
  return distance(best).lt(1) ? best : everyone;
}

import { Decimal } from '@anrok-nest/tax';
import { type PricedFee, priceOf, type PricingContext } from '../pricing/priced-fee.js';
import { type ChargeToPrice, usageFee } from '../pricing/usage-fees.js';
import type { BillableMetric } from '../billable-metric/billable-metric.entity.js';
import { mostUsed } from '../usage/aggregate-usage.js';
import type { UsageEvent } from '../usage/usage-event.entity.js';

/** A charge for what is due at once. */
export interface AdvanceCharge extends ChargeToPrice {
  readonly billableMetric: ChargeToPrice['billableMetric'] & Pick<BillableMetric, 'aggregation' | 'fieldName'>;
}

/**
 * The fee that an event gives at once: for as much as it raises the most that was used in the period. Its amount is what
 * the price of all units goes up by, so that the fees of a period add up to the price of what was used, however small
 * each of them is. None when nothing is owed.
 *
 * @param earlier events of the same metric and period, in the order in which they were recorded
 */
export function advanceFee(
  charge: AdvanceCharge,
  earlier: readonly Pick<UsageEvent, 'properties'>[],
  event: Pick<UsageEvent, 'properties' | 'transactionId'>,
  context: PricingContext,
): PricedFee | undefined {
  const before = mostUsed(charge.billableMetric, earlier);
  const after = mostUsed(charge.billableMetric, [...earlier, event]);
  const priceUpTo = (units: Decimal) => priceOf(units.toFixed(), charge.amount, context.currency);
  const amountCents = priceUpTo(after) - priceUpTo(before);
  if (amountCents === 0) return undefined;
  const units = after.minus(before).toFixed();
  return { ...usageFee(charge, units, context), amountCents, eventTransactionId: event.transactionId };
}

import { Decimal } from '@anrok-nest/tax';
import type { BillableMetric } from '../billable-metric/billable-metric.entity.js';
import type { Charge } from '../plan/plan.entity.js';
import type { Usage } from '../usage/aggregate-usage.js';
import { commonOf, type PricedFee, priceOf, type PricingContext } from './priced-fee.js';

/** What the pricing of usage has to know of a charge. */
export interface ChargeToPrice extends Pick<Charge, 'id' | 'amount' | 'payInAdvance' | 'invoiceDisplayName'> {
  readonly billableMetric: Pick<BillableMetric, 'id' | 'code' | 'name' | 'description'>;
}

/** The fee for so many units of what a charge is for. */
export function usageFee(charge: ChargeToPrice, units: string, context: PricingContext): PricedFee {
  const { billableMetric: metric } = charge;
  return {
    ...commonOf(context),
    itemType: 'billable_metric',
    itemCode: metric.code,
    itemName: metric.name,
    itemId: metric.id,
    chargeId: charge.id,
    payInAdvance: charge.payInAdvance,
    invoiceDisplayName: charge.invoiceDisplayName ?? metric.name,
    description: metric.description ?? null,
    units,
    unitAmount: charge.amount,
    amountCents: priceOf(units, charge.amount, context.currency),
  };
}

/**
 * The fees for what was used: one for every charge, and none where nothing was. What was used for free has its fee, of
 * zero: the customer sees that it is counted.
 *
 * @param usage by the id of the metric
 */
export function usageFees(
  charges: readonly ChargeToPrice[],
  usage: ReadonlyMap<string, Usage>,
  context: PricingContext,
): PricedFee[] {
  return charges.flatMap((charge) => {
    const used = usage.get(charge.billableMetric.id);
    return used && !new Decimal(used.units).isZero() ? [usageFee(charge, used.units, context)] : [];
  });
}

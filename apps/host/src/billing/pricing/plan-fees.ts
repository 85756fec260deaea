import { Decimal, type MinorUnits, roundToMinorUnits, toDecimalString } from '@anrok-nest/tax';
import type { AddOn } from '../add-on/add-on.entity.js';
import type { FixedCharge, Plan } from '../plan/plan.entity.js';
import type { BillingPeriod } from '../subscription/billing-period.js';
import { commonOf, type PricedFee, priceOf, type PricingContext } from './priced-fee.js';

/** The fee for having the plan: the part of its amount that the period is of an interval. None when it is free. */
export function subscriptionFee(
  plan: Pick<Plan, 'id' | 'code' | 'name' | 'invoiceDisplayName' | 'description' | 'amountCents' | 'payInAdvance'>,
  period: BillingPeriod,
  context: PricingContext,
): PricedFee | undefined {
  const amountCents = partOf(plan.amountCents, period);
  if (amountCents === 0) return undefined;
  return {
    ...planFee(plan, amountCents, context),
    itemType: 'subscription',
    payInAdvance: plan.payInAdvance,
    invoiceDisplayName: plan.invoiceDisplayName ?? plan.name,
  };
}

/**
 * The fee that lifts what a period costs to what was committed to: the true-up. None when it costs that much already.
 *
 * @param billed everything that is owed for the period, paid in advance or in arrears
 */
export function minimumCommitmentFee(
  plan: Pick<Plan, 'id' | 'code' | 'name' | 'description' | 'minimumCommitmentCents' | 'minimumCommitmentDisplayName'>,
  period: BillingPeriod,
  billed: MinorUnits,
  context: PricingContext,
): PricedFee | undefined {
  const missing = partOf(plan.minimumCommitmentCents ?? 0, period) - billed;
  if (missing <= 0) return undefined;
  return {
    ...planFee(plan, missing, context),
    itemType: 'minimum_commitment',
    payInAdvance: false,
    invoiceDisplayName: plan.minimumCommitmentDisplayName ?? 'Minimum commitment',
  };
}

export interface FixedChargeToPrice extends Pick<
  FixedCharge,
  'id' | 'units' | 'amount' | 'payInAdvance' | 'invoiceDisplayName'
> {
  readonly addOn: Pick<AddOn, 'id' | 'code' | 'name' | 'invoiceDisplayName' | 'description'>;
}

/** The fees for the add-ons that come with every interval, in full for a part of one. None for what costs nothing. */
export function fixedChargeFees(fixedCharges: readonly FixedChargeToPrice[], context: PricingContext): PricedFee[] {
  return fixedCharges
    .map(({ id, addOn, units, amount, payInAdvance, invoiceDisplayName }) => ({
      ...commonOf(context),
      itemType: 'fixed_charge' as const,
      itemCode: addOn.code,
      itemName: addOn.name,
      itemId: addOn.id,
      chargeId: id,
      payInAdvance,
      invoiceDisplayName: invoiceDisplayName ?? addOn.invoiceDisplayName ?? addOn.name,
      description: addOn.description ?? null,
      units,
      unitAmount: amount,
      amountCents: priceOf(units, amount, context.currency),
    }))
    .filter((fee) => fee.amountCents !== 0);
}

function planFee(
  plan: Pick<Plan, 'id' | 'code' | 'name' | 'description'>,
  amountCents: MinorUnits,
  context: PricingContext,
) {
  return {
    ...commonOf(context),
    itemCode: plan.code,
    itemName: plan.name,
    itemId: plan.id,
    description: plan.description ?? null,
    units: '1',
    unitAmount: toDecimalString(amountCents, context.currency),
    amountCents,
  };
}

/** By days, rounded once. */
function partOf(amount: MinorUnits, { days, wholeDays }: BillingPeriod): MinorUnits {
  return roundToMinorUnits(new Decimal(amount).times(days).dividedBy(wholeDays));
}

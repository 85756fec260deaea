import { type MinorUnits, sumOf } from '@anrok-nest/tax';
import type { Plan } from '../plan/plan.entity.js';
import type { BillingPeriod } from '../subscription/billing-period.js';
import type { Usage } from '../usage/aggregate-usage.js';
import { fixedChargeFees, minimumCommitmentFee, subscriptionFee } from './plan-fees.js';
import type { PricedFee, PricingContext } from './priced-fee.js';
import { usageFees } from './usage-fees.js';

/** Whether anything is owed for a period when it begins. */
export function isPaidInAdvance(plan: Plan): boolean {
  return plan.payInAdvance || plan.fixedCharges.getItems().some((charge) => charge.payInAdvance);
}

/** What is owed for a period when it begins. */
export function advanceFees(plan: Plan, period: BillingPeriod, context: PricingContext): PricedFee[] {
  const fixed = plan.fixedCharges.getItems().filter((charge) => charge.payInAdvance);
  const fee = plan.payInAdvance ? subscriptionFee(plan, period, context) : undefined;
  return [...(fee ? [fee] : []), ...fixedChargeFees(fixed, context)];
}

/**
 * What is owed for a period when it has ended. What is used in advance is no part of it, but counts towards the minimum.
 *
 * @param usage by the id of the metric
 * @param paidInAdvance what the period has cost so far
 */
export function arrearsFees(
  plan: Plan,
  period: BillingPeriod,
  usage: ReadonlyMap<string, Usage>,
  paidInAdvance: MinorUnits,
  context: PricingContext,
): PricedFee[] {
  const fee = plan.payInAdvance ? undefined : subscriptionFee(plan, period, context);
  const fees = [
    ...(fee ? [fee] : []),
    ...usageFees(arrearsCharges(plan), usage, context),
    ...fixedChargeFees(
      plan.fixedCharges.getItems().filter((charge) => !charge.payInAdvance),
      context,
    ),
  ];
  const billed = sumOf([paidInAdvance, ...fees.map((fee) => fee.amountCents)]);
  const trueUp = minimumCommitmentFee(plan, period, billed, context);
  return trueUp ? [...fees, trueUp] : fees;
}

/** The charges for what is billed when a period has ended. */
export function arrearsCharges(plan: Plan) {
  return plan.charges.getItems().filter((charge) => !charge.payInAdvance);
}

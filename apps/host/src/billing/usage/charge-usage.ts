import type { MinorUnits, TaxableLine } from '@anrok-nest/tax';
import type { EntityManager } from '@mikro-orm/core';
import type { Charge } from '../plan/plan.entity.js';
import { priceOf } from '../pricing/priced-fee.js';
import type { BillingPeriod } from '../subscription/billing-period.js';
import { momentsOf } from '../subscription/subscription-status.js';
import type { Subscription } from '../subscription/subscription.entity.js';
import type { Usage } from './aggregate-usage.js';
import { loadUsage } from './load-usage.js';

/** What was used of one charge so far. */
export interface ChargeUsage extends Usage {
  readonly charge: Charge;
  readonly amountCents: MinorUnits;
}

/** What a subscription has used of some of its plan's charges in a period, and what that costs. */
export async function loadChargeUsage(
  em: EntityManager,
  { id, plan, timezone }: Subscription,
  period: BillingPeriod,
  charges: readonly Charge[],
): Promise<ChargeUsage[]> {
  const usage = await loadUsage(
    em,
    { subscriptionId: id, ...momentsOf(period, timezone) },
    charges.map((charge) => charge.billableMetric),
  );
  return charges.map((charge) => {
    const used = usage.get(charge.billableMetric.id)!;
    return { ...used, charge, amountCents: priceOf(used.units, charge.amount, plan.amountCurrency) };
  });
}

export function isOwed({ amountCents }: ChargeUsage): boolean {
  return amountCents > 0;
}

/** @param id of the line, the same whenever the same charge of the same subscription is asked about */
export function toUsageLine(id: string, { charge, units, amountCents }: ChargeUsage): TaxableLine {
  return {
    id,
    item: { type: 'billable_metric', id: charge.billableMetric.code },
    amount: amountCents,
    quantity: units,
    taxIncluded: false,
  };
}

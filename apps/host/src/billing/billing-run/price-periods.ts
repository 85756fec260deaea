import { type MinorUnits, sumOf } from '@anrok-nest/tax';
import type { EntityManager } from '@mikro-orm/core';
import { Fee } from '../invoice/invoice.entity.js';
import { advanceFees, arrearsCharges, arrearsFees } from '../pricing/period-fees.js';
import type { PricedFee, PricingContext } from '../pricing/priced-fee.js';
import { periodAt } from '../subscription/billing-period.js';
import { momentsOf, scheduleOf } from '../subscription/subscription-status.js';
import { loadUsage } from '../usage/load-usage.js';
import type { PeriodToBill } from './billed-period.entity.js';

/** The fees of some periods, by what was used and what the plans are now; none of them is on an invoice yet. */
export async function pricePeriods(em: EntityManager, periods: readonly PeriodToBill[]): Promise<PricedFee[]> {
  const fees: PricedFee[] = [];
  // what is paid in advance for a period has to be known when its minimum is looked at
  for (const period of periods.toSorted(byTime)) fees.push(...(await feesOf(em, period, fees)));
  return fees;
}

async function feesOf(em: EntityManager, billed: PeriodToBill, before: readonly PricedFee[]): Promise<PricedFee[]> {
  const { subscription, timing, startsOn } = billed;
  const { plan, timezone } = subscription;
  const period = periodAt(scheduleOf(subscription), startsOn);
  const context = {
    subscriptionId: subscription.id,
    currency: plan.amountCurrency,
    ...momentsOf(period, timezone),
  };
  if (timing === 'advance') return advanceFees(plan, period, context);
  const metrics = arrearsCharges(plan).map((charge) => charge.billableMetric);
  const usage = await loadUsage(em, context, metrics);
  const paid = plan.minimumCommitmentCents ? await paidInAdvance(em, context, before) : 0;
  return arrearsFees(plan, period, usage, paid, context);
}

/** What a period has cost so far, on other invoices, on none, and on the one that is being made. */
async function paidInAdvance(
  em: EntityManager,
  { subscriptionId, from, until }: PricingContext,
  before: readonly PricedFee[],
): Promise<MinorUnits> {
  const elsewhere = await em.find(
    Fee,
    {
      subscriptionId,
      payInAdvance: true,
      fromDatetime: { $gte: from, $lt: until },
      $or: [{ invoice: null }, { invoice: { status: { $ne: 'voided' } } }],
    },
    { fields: ['amountCents'], disableIdentityMap: true },
  );
  const here = before.filter(
    (fee) =>
      fee.subscriptionId === subscriptionId &&
      fee.payInAdvance &&
      fee.fromDatetime! >= from &&
      fee.fromDatetime! < until,
  );
  return sumOf([...elsewhere, ...here].map((fee) => fee.amountCents));
}

function byTime(a: PeriodToBill, b: PeriodToBill): number {
  const key = ({ subscription, startsOn, timing }: PeriodToBill) =>
    `${subscription.createdAt.toISOString()} ${subscription.id} ${startsOn} ${timing}`;
  return key(a) < key(b) ? -1 : 1;
}

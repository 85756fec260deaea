import { type PeriodToBill, momentsOf, scheduleOf } from '../../billing/index.js';

/**
 * What an invoice bills, as the API shows it: by occasion, which is the end of a period, the beginning of one, or both.
 * The subscription's dates are of the period that the plan is paid for, the charges' of the one that is over.
 */
export function toBillingPeriodObjects(periods: readonly PeriodToBill[]) {
  const occasionOf = ({ subscription, timing, startsOn, endsOn }: PeriodToBill) =>
    `${subscription.id} ${timing === 'arrears' ? endsOn : startsOn}`;
  return [...Map.groupBy(periods, occasionOf).values()].map(toBillingPeriodObject);
}

function toBillingPeriodObject(occasion: readonly PeriodToBill[]) {
  const { subscription } = occasion[0]!;
  const closed = occasion.find((period) => period.timing === 'arrears');
  const opened = occasion.find((period) => period.timing === 'advance');
  const paid = toDates((subscription.plan.payInAdvance ? opened : closed) ?? occasion[0]!);
  const used = toDates(closed ?? occasion[0]!);
  return {
    lago_subscription_id: subscription.id,
    external_subscription_id: subscription.externalId,
    lago_plan_id: subscription.plan.id,
    subscription_from_datetime: paid.from,
    subscription_to_datetime: paid.to,
    charges_from_datetime: used.from,
    charges_to_datetime: used.to,
    invoicing_reason: !closed
      ? ('subscription_starting' as const)
      : closed.endsOn === scheduleOf(subscription).endsOn
        ? ('subscription_terminating' as const)
        : ('subscription_periodic' as const),
  };
}

function toDates(period: PeriodToBill): { from: string; to: string } {
  const { from, until } = momentsOf(period, period.subscription.timezone);
  return { from: from.toISOString(), to: new Date(until.getTime() - 1).toISOString() };
}

import { currentPeriodOf, momentsOf, statusOf, type Subscription } from '../../billing/index.js';

/** A subscription as the API shows it at a moment. Features that this billing doesn't have are empty, never made up. */
export function toSubscriptionObject(subscription: Subscription, now: Date) {
  const { customer, plan, startsAt, timezone } = subscription;
  const status = statusOf(subscription, now);
  const period = currentPeriodOf(subscription, now);
  const { from, until } = period ? momentsOf(period, timezone) : {};
  return {
    lago_id: subscription.id,
    external_id: subscription.externalId,
    lago_customer_id: customer.id,
    external_customer_id: customer.externalId,
    name: subscription.name ?? null,
    plan_code: plan.code,
    plan_amount_cents: plan.amountCents,
    plan_amount_currency: plan.amountCurrency,
    status,
    billing_time: subscription.billingTime,
    subscription_at: startsAt.toISOString(),
    started_at: status === 'pending' || status === 'canceled' ? null : startsAt.toISOString(),
    ending_at: null,
    terminated_at: subscription.terminatedAt?.toISOString() ?? null,
    canceled_at: subscription.canceledAt?.toISOString() ?? null,
    trial_ended_at: null,
    previous_plan_code: null,
    next_plan_code: null,
    downgrade_plan_date: null,
    current_billing_period_started_at: from?.toISOString() ?? null,
    current_billing_period_ending_at: until ? new Date(until.getTime() - 1).toISOString() : null,
    on_termination_credit_note: 'skip' as const,
    on_termination_invoice: 'generate' as const,
    created_at: subscription.createdAt.toISOString(),
  };
}

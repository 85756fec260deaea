import { EntityManager } from '@mikro-orm/core';
import { Injectable } from '@nestjs/common';
import { InvalidInputError, NotFoundError } from '../billing.error.js';
import { Clock } from '../clock.js';
import type { Customer } from '../customer/customer.entity.js';
import { PROSPECTIVE } from '../invoice/prospective-invoice.js';
import { Plan } from '../plan/plan.entity.js';
import { statusOf, todayOf } from '../subscription/subscription-status.js';
import { type BillingTime, Subscription } from '../subscription/subscription.entity.js';
import { firstBilling, nextBilling, type NextBilling } from './next-billing.js';

/** Which subscriptions a preview is of: a new one to a plan, or some that are there. */
export interface SubscriptionsDescription {
  readonly planCode?: string | null;
  /** Default `calendar`. */
  readonly billingTime?: BillingTime | null;
  /** Now when absent. */
  readonly startsAt?: Date | null;
  /** The caller's own ids of those that are there. */
  readonly subscriptionIds?: readonly string[];
  /** When they would end. */
  readonly terminatedAt?: Date | null;
}

export interface SubscriptionsToBill extends NextBilling {
  readonly subscriptions: readonly Subscription[];
}

/** Finds out what is billed next of subscriptions, were they as described. */
@Injectable()
export class PreviewSubscriptions {
  constructor(
    private readonly em: EntityManager,
    private readonly clock: Clock,
  ) {}

  /**
   * @param customer as described
   * @throws NotFoundError for the plan or a subscription
   * @throws InvalidInputError when neither or both are described, or they are billed on different days
   */
  async next(customer: Customer, isKnown: boolean, input: SubscriptionsDescription): Promise<SubscriptionsToBill> {
    const { planCode, subscriptionIds } = input;
    if (!planCode && !subscriptionIds) throw new InvalidInputError({ planCode: ['value_is_mandatory'] });
    if (planCode && subscriptionIds) throw new InvalidInputError({ planCode: ['value_is_invalid'] });
    if (subscriptionIds) return this.ofPresent(customer, isKnown ? subscriptionIds : [], input.terminatedAt);
    const subscription = await this.subscriptionTo(planCode!, customer, input);
    const today = todayOf(subscription, this.clock.now());
    return { subscriptions: [subscription], ...firstBilling(subscription, today) };
  }

  private async subscriptionTo(
    code: string,
    customer: Customer,
    { billingTime, startsAt }: SubscriptionsDescription,
  ): Promise<Subscription> {
    const populate = ['charges.billableMetric', 'fixedCharges.addOn'] as const;
    const plan = await this.em.findOne(Plan, { code }, { populate });
    if (!plan) throw new NotFoundError('plan');
    return this.asDescribed({
      externalId: '',
      customer,
      plan,
      billingTime: billingTime ?? 'calendar',
      timezone: customer.timezone ?? 'UTC',
      startsAt: startsAt ?? this.clock.now(),
    });
  }

  private async ofPresent(
    customer: Customer,
    externalIds: readonly string[],
    terminatedAt: Date | null | undefined,
  ): Promise<SubscriptionsToBill> {
    const present = await this.em.find(
      Subscription,
      { externalId: { $in: [...externalIds] }, customer: customer.id },
      {
        populate: ['plan.charges.billableMetric', 'plan.fixedCharges.addOn'],
        orderBy: { createdAt: 'asc', id: 'asc' },
      },
    );
    if (present.length === 0 || present.length < new Set(externalIds).size) throw new NotFoundError('subscription');
    const now = this.clock.now();
    const isPast = terminatedAt && (terminatedAt < now || present.some(({ startsAt }) => terminatedAt < startsAt));
    if (isPast) throw new InvalidInputError({ 'subscriptions.terminatedAt': ['value_is_out_of_range'] });

    const subscriptions = present.map((one) => {
      const isRunning = statusOf(one, now) === 'active' || statusOf(one, now) === 'pending';
      return isRunning && terminatedAt ? this.asDescribed({ ...detailsOf(one), customer, terminatedAt }) : one;
    });
    const [first, ...others] = subscriptions.map((subscription) => nextBilling(subscription));
    if (!first) throw new NotFoundError('subscription');
    if (others.some((other) => other?.day !== first.day))
      throw new InvalidInputError({ 'subscriptions.externalIds': ['billing_periods_does_not_match'] });
    return { subscriptions, day: first.day, periods: [first, ...others].flatMap((one) => one?.periods ?? []) };
  }

  /** Nothing of it is ever written. */
  private asDescribed(details: SubscriptionDetails): Subscription {
    return this.em.fork().create(Subscription, details, PROSPECTIVE);
  }
}

type SubscriptionDetails = Pick<
  Subscription,
  'externalId' | 'customer' | 'plan' | 'billingTime' | 'timezone' | 'startsAt'
> &
  Partial<Pick<Subscription, 'id' | 'name' | 'nextBillingOn' | 'terminatedAt' | 'createdAt'>>;

function detailsOf(subscription: Subscription): SubscriptionDetails {
  const { id, externalId, customer, plan, name, billingTime, timezone } = subscription;
  const { startsAt, terminatedAt, nextBillingOn, createdAt } = subscription;
  const moments = { startsAt, terminatedAt: terminatedAt ?? null, nextBillingOn: nextBillingOn ?? null, createdAt };
  return { id, externalId, customer, plan, name: name ?? null, billingTime, timezone, ...moments };
}

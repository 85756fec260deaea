import { EntityManager, type FilterQuery, LockMode } from '@mikro-orm/core';
import { Injectable } from '@nestjs/common';
import { BilledPeriod, type PeriodToBill } from '../billing-run/billed-period.entity.js';
import { InvalidInputError, NotFoundError } from '../billing.error.js';
import { Clock } from '../clock.js';
import { agreedCurrency } from '../customer/agreed-currency.js';
import { lockCustomer } from '../customer/lock-customer.js';
import type { Invoice } from '../invoice/invoice.entity.js';
import { type Page, type PageRequest, toBounds } from '../page.js';
import { Plan } from '../plan/plan.entity.js';
import { saveUnique } from '../save-unique.js';
import { firstOccasion } from './billing-period.js';
import { scheduleOf, type SubscriptionStatus, todayOf } from './subscription-status.js';
import { type BillingTime, Subscription } from './subscription.entity.js';

export interface SubscriptionInput {
  readonly externalId: string;
  /** The caller's own id of the customer. */
  readonly customerId: string;
  readonly planCode: string;
  readonly name?: string | null;
  /** Default `calendar`. */
  readonly billingTime?: BillingTime | null;
  /** May be past or to come; now when absent. */
  readonly startsAt?: Date | null;
}

/** What is absent does not narrow the list. */
export interface SubscriptionFilter {
  readonly customerId?: string;
  readonly planCode?: string;
  readonly externalId?: string;
  readonly statuses?: readonly SubscriptionStatus[];
}

const WHOLE = ['customer', 'plan.charges.billableMetric', 'plan.fixedCharges.addOn'] as const;

@Injectable()
export class SubscriptionService {
  constructor(
    private readonly em: EntityManager,
    private readonly clock: Clock,
  ) {}

  /**
   * Subscribes a customer to a plan. What was due before today is not billed: it was elsewhere. Asked again for the
   * same, answers the subscription that is there.
   *
   * @throws NotFoundError for the customer or the plan
   * @throws InvalidInputError when the customer pays in another currency, or the id is another subscription's
   */
  async create(input: SubscriptionInput): Promise<Subscription> {
    return saveUnique(this.em, 'externalId', async () => {
      const customer = await lockCustomer(this.em, input.customerId);
      if (!customer) throw new NotFoundError('customer');
      // locked, so that nobody changes when its subscriptions are billed before this one counts among them
      const plan = await this.em.findOne(
        Plan,
        { code: input.planCode },
        { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true },
      );
      if (!plan) throw new NotFoundError('plan');
      const known = await this.em.findOne(Subscription, { externalId: input.externalId }, { populate: WHOLE });
      if (known && (known.customer !== customer || known.plan !== plan))
        throw new InvalidInputError({ externalId: ['value_already_exist'] });
      if (known) return known;

      customer.currency = agreedCurrency(customer, plan.amountCurrency);
      const now = this.clock.now();
      const subscription = this.em.create(Subscription, {
        externalId: input.externalId,
        customer,
        plan,
        name: input.name ?? null,
        billingTime: input.billingTime ?? 'calendar',
        timezone: customer.timezone ?? 'UTC',
        startsAt: input.startsAt ?? now,
      });
      subscription.nextBillingOn = firstOccasion(scheduleOf(subscription), todayOf(subscription, now));
      await this.em.populate(subscription, WHOLE);
      return subscription;
    });
  }

  /**
   * Ends a subscription today, or takes it back when it has yet to begin. What it still owes is billed as soon as the
   * day is over.
   *
   * @throws NotFoundError also when it has ended already
   */
  async terminate(externalId: string): Promise<Subscription> {
    return this.em.transactional(async (em) => {
      await em.findOne(Subscription, { externalId }, { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true });
      const subscription = await this.find(externalId);
      if (subscription.terminatedAt || subscription.canceledAt) throw new NotFoundError('subscription');
      const now = this.clock.now();
      if (subscription.startsAt > now) {
        subscription.canceledAt = now;
        subscription.nextBillingOn = null;
      } else {
        subscription.terminatedAt = now;
        const end = scheduleOf(subscription).endsOn!;
        if (subscription.nextBillingOn! > end) subscription.nextBillingOn = end;
      }
      return subscription;
    });
  }

  /** @throws NotFoundError */
  async find(externalId: string): Promise<Subscription> {
    const subscription = await this.em.findOne(Subscription, { externalId }, { populate: WHOLE });
    if (!subscription) throw new NotFoundError('subscription');
    return subscription;
  }

  /** Newest first. */
  async list(filter: SubscriptionFilter, request: PageRequest): Promise<Page<Subscription>> {
    const [items, totalCount] = await this.em.findAndCount(Subscription, toCondition(filter, this.clock.now()), {
      ...toBounds(request),
      populate: ['customer', 'plan'],
      orderBy: { createdAt: 'desc', id: 'desc' },
    });
    return { items, request, totalCount };
  }

  /** What an invoice bills. A subscription may be there for a fee alone, without a period. */
  async billedOn(invoice: Invoice): Promise<BilledSubscriptions> {
    const periods = await this.em.find(BilledPeriod, { invoice }, { orderBy: { startsOn: 'asc', timing: 'asc' } });
    const ids = [
      ...periods.map((period) => period.subscription.id),
      ...invoice.fees.getItems().flatMap((fee) => fee.subscriptionId ?? []),
    ];
    const subscriptions = await this.em.find(
      Subscription,
      { id: { $in: [...new Set(ids)] } },
      { populate: ['customer', 'plan'], orderBy: { createdAt: 'asc', id: 'asc' } },
    );
    return { subscriptions, periods, asOf: this.clock.now() };
  }
}

/** Whose fees are on an invoice, and of which periods. */
export interface BilledSubscriptions {
  readonly subscriptions: readonly Subscription[];
  readonly periods: readonly PeriodToBill[];
  /** When that was so. */
  readonly asOf: Date;
}

function toCondition(filter: SubscriptionFilter, now: Date): FilterQuery<Subscription> {
  const { customerId, planCode, externalId, statuses } = filter;
  const running = { terminatedAt: null, canceledAt: null };
  const conditions: Record<SubscriptionStatus, FilterQuery<Subscription>> = {
    pending: { ...running, startsAt: { $gt: now } },
    active: { ...running, startsAt: { $lte: now } },
    terminated: { terminatedAt: { $ne: null } },
    canceled: { canceledAt: { $ne: null } },
  };
  return {
    ...(customerId !== undefined && { customer: { externalId: customerId } }),
    ...(planCode !== undefined && { plan: { code: planCode } }),
    ...(externalId !== undefined && { externalId }),
    ...(statuses && { $or: statuses.map((status) => conditions[status]) }),
  };
}

import { type MinorUnits, sumOf, type TaxDocument, TaxStrategyRegistry } from '@anrok-nest/tax';
import { EntityManager } from '@mikro-orm/core';
import { Injectable } from '@nestjs/common';
import { NotFoundError } from '../billing.error.js';
import { Clock } from '../clock.js';
import { currentPeriodOf } from '../subscription/subscription-status.js';
import type { BillingPeriod } from '../subscription/billing-period.js';
import { SubscriptionService } from '../subscription/subscription.service.js';
import type { Subscription } from '../subscription/subscription.entity.js';
import { toTaxCustomer } from '../tax/to-tax-document.js';
import { type ChargeUsage, isOwed, loadChargeUsage, toUsageLine } from './charge-usage.js';

/** What a subscription has used of its running period. */
export interface CurrentUsage {
  readonly subscription: Subscription;
  readonly period: BillingPeriod;
  readonly charges: readonly ChargeUsage[];
  readonly amountCents: MinorUnits;
  /** What the tax would be; null when nobody asked for it. */
  readonly taxesAmountCents: MinorUnits | null;
}

@Injectable()
export class CurrentUsageService {
  constructor(
    private readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly subscriptions: SubscriptionService,
    private readonly strategies: TaxStrategyRegistry,
  ) {}

  /**
   * What a subscription has used so far, and what it will cost. Of all charges, also of those that are paid for at once.
   *
   * @param customerId the caller's own id of the customer
   * @throws NotFoundError also when the subscription is another customer's, or not running
   * @throws TaxError when there is no answer to what the tax is; never an answer of zero instead
   */
  async find(customerId: string, subscriptionId: string, applyTaxes: boolean): Promise<CurrentUsage> {
    const subscription = await this.subscriptions.find(subscriptionId);
    const period = currentPeriodOf(subscription, this.clock.now());
    if (subscription.customer.externalId !== customerId || !period) throw new NotFoundError('subscription');

    const charges = await loadChargeUsage(this.em, subscription, period, subscription.plan.charges.getItems());
    const amountCents = sumOf(charges.map((charge) => charge.amountCents));
    const taxesAmountCents = applyTaxes ? await this.taxesOf(subscription, period, charges) : null;
    return { subscription, period, charges, amountCents, taxesAmountCents };
  }

  /** Asks once for everything, and nobody for nothing. */
  private async taxesOf(
    { id, customer, plan }: Subscription,
    period: BillingPeriod,
    charges: readonly ChargeUsage[],
  ): Promise<MinorUnits> {
    const lines = charges.filter(isOwed).map((usage) => toUsageLine(usage.charge.id, usage));
    if (lines.length === 0) return 0;
    const document: TaxDocument = {
      kind: 'invoice',
      id,
      currency: plan.amountCurrency,
      accountingDate: period.endsOn,
      customer: toTaxCustomer(customer),
      lines,
    };
    const strategy = await this.strategies.for(document.customer);
    const { taxAmountToCollect } = await strategy.estimate(document, { purpose: 'usage' });
    return taxAmountToCollect;
  }
}

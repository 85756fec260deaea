import { EntityManager } from '@mikro-orm/core';
import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { InvalidInputError } from '../billing.error.js';
import { Clock } from '../clock.js';
import { applyFeeEstimate } from '../fee/apply-fee-taxes.js';
import type { FeesShown } from '../fee/fee.service.js';
import { calendarDate } from '../invoice/calendar-date.js';
import { Fee } from '../invoice/invoice.entity.js';
import { PROSPECTIVE } from '../invoice/prospective-invoice.js';
import { SubscriptionService } from '../subscription/subscription.service.js';
import { isMeasurable } from '../usage/aggregate-usage.js';
import type { UsageEventInput } from '../usage/sort-events.js';
import { AdvanceCharging, type AdvanceFee } from './advance-charging.js';
import { chargeFor, priceEvents } from './price-events.js';

/** What an event would owe at once. Nothing of it is recorded, here or anywhere. */
@Injectable()
export class FeeEstimateService {
  constructor(
    private readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly subscriptions: SubscriptionService,
    private readonly charging: AdvanceCharging,
  ) {}

  /**
   * The fees that an event would give if it came now, with their taxes. None when it would owe nothing.
   *
   * @throws NotFoundError for the subscription
   * @throws InvalidInputError when nothing is due at once for such events, the metric can make nothing of it, or its
   * period would cost more than can be billed
   * @throws TaxError when there is no answer to what the tax would be; never an answer of zero instead
   */
  async estimate(input: Omit<UsageEventInput, 'transactionId' | 'timestamp'>): Promise<FeesShown> {
    const subscription = await this.subscriptions.find(input.subscriptionId);
    const timestamp = this.clock.now();
    const event = { ...input, subscription, transactionId: '', timestamp, properties: input.properties ?? {} };
    const charge = chargeFor(event);
    if (!charge?.payInAdvance) throw new InvalidInputError({ code: ['does_not_match_an_instant_charge'] });
    if (!isMeasurable(charge.billableMetric, event.properties))
      throw new InvalidInputError({ properties: ['value_is_invalid'] });

    const issuingDate = calendarDate(timestamp, subscription.customer.timezone ?? 'UTC');
    const { prices, excessive } = await priceEvents(this.em, [event]);
    if (excessive.size > 0) throw new InvalidInputError({ properties: ['value_is_out_of_range'] });
    const fees = await Promise.all(prices.map((price) => this.taxed({ id: uuidv7(), issuingDate, price })));
    return { fees, subscriptions: [subscription] };
  }

  private async taxed(fee: AdvanceFee): Promise<Fee> {
    const { customer, plan } = fee.price.event.subscription;
    const [calculation] = await this.charging.estimate([fee]);
    const { id, issuingDate } = fee;
    const details = { id, issuingDate, customer, currency: plan.amountCurrency, position: 0 };
    // in an EntityManager of its own, which nobody flushes
    const shown = this.em.fork().create(Fee, { ...fee.price.fee, ...details, eventTransactionId: null }, PROSPECTIVE);
    applyFeeEstimate(shown, calculation!);
    return shown;
  }
}

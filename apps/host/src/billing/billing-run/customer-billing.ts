import type { IsoDate } from '@anrok-nest/tax';
import { EntityManager, LockMode } from '@mikro-orm/core';
import { Injectable } from '@nestjs/common';
import { EventEmitter2 } from '@nestjs/event-emitter';
import { NotFoundError } from '../billing.error.js';
import { BillingOptions } from '../billing-options.js';
import { Clock } from '../clock.js';
import type { Customer } from '../customer/customer.entity.js';
import { lockCustomer } from '../customer/lock-customer.js';
import { addDays } from '../invoice/calendar-date.js';
import type { Invoice } from '../invoice/invoice.entity.js';
import { INVOICE_DRAFTED, InvoiceDrafted } from '../invoice/invoice.event.js';
import { InvoiceFinalizer } from '../invoice/invoice-finalizer.js';
import { newInvoice } from '../invoice/new-invoice.js';
import { isPaidInAdvance } from '../pricing/period-fees.js';
import { type BillingPeriod, occasionsUntil } from '../subscription/billing-period.js';
import { scheduleOf } from '../subscription/subscription-status.js';
import { Subscription } from '../subscription/subscription.entity.js';
import { BilledPeriod, type BillingTiming } from './billed-period.entity.js';
import { lastDay } from './last-day.js';
import { pricePeriods } from './price-periods.js';

/** Bills one customer, in one transaction: what is due of its subscriptions is on an invoice, or it still is due. */
@Injectable()
export class CustomerBilling {
  constructor(
    private readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly options: BillingOptions,
    private readonly finalizer: InvoiceFinalizer,
    private readonly events: EventEmitter2,
  ) {}

  /**
   * Makes an invoice for each currency in which something is due, a draft where the customer has a grace period. What
   * falls due on days that nobody billed is on it too. Nothing is due before its day has begun where the customer is.
   *
   * @param customerId the caller's own id of the customer
   * @param day the last one that is billed; today when absent
   * @throws NotFoundError
   */
  async bill(customerId: string, day?: IsoDate): Promise<Invoice[]> {
    return this.em.transactional(async (em) => {
      const customer = await lockCustomer(em, customerId);
      if (!customer) throw new NotFoundError('customer');
      const now = this.clock.now();
      const periods: BilledPeriod[] = [];
      for (const subscription of await this.lockSubscriptions(customer))
        periods.push(...this.passOccasions(subscription, lastDay(day, now, subscription.timezone)));

      const invoices: Invoice[] = [];
      const issuedOn = lastDay(day, now, customer.timezone ?? 'UTC');
      for (const [currency, its] of Map.groupBy(periods, (period) => period.subscription.plan.amountCurrency))
        invoices.push(...(await this.invoice(customer, currency, issuedOn, its)));
      return invoices;
    });
  }

  /** Two steps, because PostgreSQL can't lock the far side of an outer join. */
  private async lockSubscriptions(customer: Customer): Promise<Subscription[]> {
    const due = { customer, nextBillingOn: { $ne: null } };
    await this.em.find(Subscription, due, {
      fields: ['id'],
      lockMode: LockMode.PESSIMISTIC_WRITE,
      orderBy: { id: 'asc' },
      refresh: true,
    });
    return this.em.find(Subscription, due, {
      populate: ['plan.charges.billableMetric', 'plan.fixedCharges.addOn'],
      orderBy: { createdAt: 'asc', id: 'asc' },
      refresh: true,
    });
  }

  /** The periods that are to be billed by the end of a day; the subscription waits for the day after them. */
  private passOccasions(subscription: Subscription, lastDay: IsoDate): BilledPeriod[] {
    const { occasions, next } = occasionsUntil(scheduleOf(subscription), subscription.nextBillingOn, lastDay);
    subscription.nextBillingOn = next;
    const isAdvance = isPaidInAdvance(subscription.plan);
    const record = (timing: BillingTiming, period: BillingPeriod | undefined) => {
      if (!period) return [];
      const { startsOn, endsOn } = period;
      return [this.em.create(BilledPeriod, { subscription, timing, startsOn, endsOn })];
    };
    return occasions.flatMap(({ closed, opened }) => [
      ...record('arrears', closed),
      ...record('advance', isAdvance ? opened : undefined),
    ]);
  }

  private async invoice(
    customer: Customer,
    currency: string,
    issuedOn: IsoDate,
    periods: readonly BilledPeriod[],
  ): Promise<Invoice[]> {
    const fees = await pricePeriods(this.em, periods);
    const gracePeriod = customer.invoiceGracePeriod ?? this.options.invoiceGracePeriod;
    const mayGrow = gracePeriod > 0 && periods.some((period) => period.timing === 'arrears');
    if (fees.length === 0 && !mayGrow) return [];

    const issuingDate = addDays(issuedOn, gracePeriod);
    const details = { invoiceType: 'subscription', customer, currency, issuingDate, fees } as const;
    const invoice = await newInvoice(
      this.em,
      gracePeriod > 0
        ? { ...details, status: 'draft', expectedFinalizationDate: issuingDate }
        : { ...details, status: 'finalizing' },
    );
    for (const period of periods) period.invoice = invoice;
    await this.em.flush();
    if (invoice.status === 'finalizing') await this.finalizer.finalize(invoice);
    else await this.events.emitAsync(INVOICE_DRAFTED, new InvoiceDrafted(invoice.id, customer.externalId));
    return [invoice];
  }
}

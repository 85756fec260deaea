import { TaxStrategyRegistry } from '@anrok-nest/tax';
import { EntityManager } from '@mikro-orm/core';
import { Injectable } from '@nestjs/common';
import { BillingOptions } from '../billing-options.js';
import { InvalidInputError, NotFoundError } from '../billing.error.js';
import { pricePeriods } from '../billing-run/price-periods.js';
import { Clock } from '../clock.js';
import { agreedCurrency } from '../customer/agreed-currency.js';
import { CustomerIntegrations } from '../customer/customer-integrations.js';
import { Customer } from '../customer/customer.entity.js';
import { addDays } from '../invoice/calendar-date.js';
import type { Invoice } from '../invoice/invoice.entity.js';
import { prospectiveInvoice } from '../invoice/prospective-invoice.js';
import type { BilledSubscriptions } from '../subscription/subscription.service.js';
import { type CustomerDescription, describedCustomer } from './described-customer.js';
import { estimateProspect } from './estimate-prospect.js';
import { PreviewSubscriptions, type SubscriptionsDescription } from './preview-subscriptions.js';

export interface PreviewInput extends SubscriptionsDescription {
  readonly customer: CustomerDescription;
}

/** An invoice that may come to be, and what it would bill. */
export interface InvoicePreview {
  readonly invoice: Invoice;
  readonly billed: BilledSubscriptions;
  /** Whether its customer is there. */
  readonly isCustomerKnown: boolean;
}

/** Invoices that may come to be. Nothing of them is recorded, here or anywhere. */
@Injectable()
export class InvoicePreviewService {
  constructor(
    private readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly options: BillingOptions,
    private readonly strategies: TaxStrategyRegistry,
    private readonly integrations: CustomerIntegrations,
    private readonly subscriptions: PreviewSubscriptions,
  ) {}

  /**
   * The first invoice of a subscription to a plan, or the next one over subscriptions that are there.
   *
   * @throws NotFoundError for the customer, the plan or a subscription
   * @throws InvalidInputError
   * @throws TaxError when there is no answer to what its tax would be; never an answer of zero instead
   */
  async preview(input: PreviewInput): Promise<InvoicePreview> {
    const { customerId, integrations } = input.customer;
    const known = customerId === undefined ? null : await this.find(customerId);
    const account = integrations && (await this.integrations.accountOf(integrations));
    const customer = describedCustomer(this.em, known, input.customer);

    const { subscriptions, day, periods } = await this.subscriptions.next(customer, known !== null, input);
    const [currency, ...others] = new Set(subscriptions.map(({ plan }) => plan.amountCurrency));
    if (others.length > 0) throw new InvalidInputError({ currency: ['currencies_does_not_match'] });
    customer.currency = agreedCurrency(customer, currency);

    const invoice = prospectiveInvoice(this.em, {
      invoiceType: 'subscription',
      customer,
      currency: customer.currency,
      issuingDate: addDays(day, customer.invoiceGracePeriod ?? this.options.invoiceGracePeriod),
      fees: await pricePeriods(this.em, periods),
    });
    await estimateProspect(this.strategies, invoice, 'preview', account);
    const billed = { subscriptions, periods, asOf: this.clock.now() };
    return { invoice, billed, isCustomerKnown: known !== null };
  }

  private async find(externalId: string): Promise<Customer> {
    const customer = await this.em.findOne(Customer, { externalId });
    if (!customer) throw new NotFoundError('customer');
    return customer;
  }
}

import { TaxStrategyRegistry } from '@anrok-nest/tax';
import { EntityManager } from '@mikro-orm/core';
import { Injectable } from '@nestjs/common';
import { NotFoundError } from '../billing.error.js';
import { Clock } from '../clock.js';
import { agreedCurrency } from '../customer/agreed-currency.js';
import { Customer } from '../customer/customer.entity.js';
import { calendarDate } from '../invoice/calendar-date.js';
import type { Invoice } from '../invoice/invoice.entity.js';
import type { OneOffInvoiceInput } from '../invoice/invoice.service.js';
import { toOneOffFees } from '../invoice/one-off-fees.js';
import { prospectiveInvoice } from '../invoice/prospective-invoice.js';
import { withAddOns } from '../invoice/with-add-ons.js';
import { estimateProspect } from './estimate-prospect.js';

/** One-off invoices before there are any: what a form shows while it is filled in. Nothing of them is recorded. */
@Injectable()
export class InvoiceEstimateService {
  constructor(
    private readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly strategies: TaxStrategyRegistry,
  ) {}

  /**
   * The invoice that `InvoiceService.createOneOff` would issue now, with its taxes.
   *
   * @throws NotFoundError, InvalidInputError as that
   * @throws TaxError when there is no answer to what the tax would be; never an answer of zero instead
   */
  async estimateOneOff(input: OneOffInvoiceInput): Promise<Invoice> {
    const customer = await this.em.findOne(Customer, { externalId: input.customerId });
    if (!customer) throw new NotFoundError('customer');
    const sales = await withAddOns(this.em, input.fees);
    const currency = agreedCurrency(customer, input.currency);
    const invoice = prospectiveInvoice(this.em, {
      invoiceType: 'one_off',
      customer,
      currency,
      issuingDate: calendarDate(this.clock.now(), customer.timezone ?? 'UTC'),
      fees: toOneOffFees(sales, currency),
    });
    await estimateProspect(this.strategies, invoice, 'one_off');
    return invoice;
  }
}

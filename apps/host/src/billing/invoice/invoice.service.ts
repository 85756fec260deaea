import { EntityManager, type FilterQuery } from '@mikro-orm/core';
import { Injectable } from '@nestjs/common';
import { NotAllowedError, NotFoundError } from '../billing.error.js';
import { Clock } from '../clock.js';
import { agreedCurrency } from '../customer/agreed-currency.js';
import { lockCustomer } from '../customer/lock-customer.js';
import { type Page, type PageRequest, toBounds } from '../page.js';
import { calendarDate } from './calendar-date.js';
import { findInvoice, lockInvoice } from './find-invoice.js';
import { Invoice } from './invoice.entity.js';
import { InvoiceFinalizer } from './invoice-finalizer.js';
import { type InvoiceStatus, nextStatus } from './invoice-status.js';
import { newInvoice } from './new-invoice.js';
import { type OneOffFeeInput, toOneOffFees } from './one-off-fees.js';
import { withAddOns } from './with-add-ons.js';

export interface OneOffInvoiceInput {
  /** The caller's own id of the customer. */
  readonly customerId: string;
  /** The customer's when absent. */
  readonly currency?: string | null;
  readonly fees: readonly OneOffFeeInput[];
}

/** What is absent does not narrow the list. */
export interface InvoiceFilter {
  readonly statuses?: readonly InvoiceStatus[];
  readonly customerId?: string;
  readonly currency?: string;
  /** The first and the last day, both included. */
  readonly issuingDateFrom?: string;
  readonly issuingDateTo?: string;
}

@Injectable()
export class InvoiceService {
  constructor(
    private readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly finalizer: InvoiceFinalizer,
  ) {}

  /**
   * Issues an invoice over things sold once. It is there with whatever came of its tax: settled, still to come, or
   * failed with the reason. Either all of it is written or nothing.
   *
   * @throws NotFoundError for the customer, an add-on, or when there are no fees
   * @throws InvalidInputError
   */
  async createOneOff(input: OneOffInvoiceInput): Promise<Invoice> {
    return this.em.transactional(async (em) => {
      const customer = await lockCustomer(em, input.customerId);
      if (!customer) throw new NotFoundError('customer');
      const sales = await withAddOns(em, input.fees);
      customer.currency = agreedCurrency(customer, input.currency);
      const { currency } = customer;
      const fees = toOneOffFees(sales, currency);
      const issuingDate = calendarDate(this.clock.now(), customer.timezone ?? 'UTC');
      const details = { customer, currency, issuingDate, fees };
      const invoice = await newInvoice(em, { status: 'finalizing', invoiceType: 'one_off', ...details });
      await this.finalizer.finalize(invoice);
      return invoice;
    });
  }

  /**
   * Tries a failed invoice's tax again. The invoice keeps its number and its date.
   *
   * @throws NotFoundError
   * @throws NotAllowedError unless it has failed
   */
  async retry(id: string): Promise<Invoice> {
    return this.em.transactional(async (em) => {
      const invoice = await lockInvoice(em, id);
      if (!invoice) throw new NotFoundError('invoice');
      const status = nextStatus(invoice.status, 'retried');
      if (!status) throw new NotAllowedError('invalid_status');
      invoice.status = status;
      invoice.errorDetails = [];
      await this.finalizer.finalize(invoice);
      return invoice;
    });
  }

  /** @throws NotFoundError */
  async find(id: string): Promise<Invoice> {
    const invoice = await findInvoice(this.em, id);
    if (!invoice) throw new NotFoundError('invoice');
    return invoice;
  }

  /** Newest first, without their fees. */
  async list(filter: InvoiceFilter, request: PageRequest): Promise<Page<Invoice>> {
    const [items, totalCount] = await this.em.findAndCount(Invoice, toCondition(filter), {
      ...toBounds(request),
      populate: ['customer', 'taxes'],
      orderBy: { issuingDate: 'desc', createdAt: 'desc', id: 'desc' },
    });
    return { items, request, totalCount };
  }
}

function toCondition(filter: InvoiceFilter): FilterQuery<Invoice> {
  const { statuses, customerId, currency, issuingDateFrom, issuingDateTo } = filter;
  return {
    ...(statuses && { status: { $in: [...statuses] } }),
    ...(customerId !== undefined && { customer: { externalId: customerId } }),
    ...(currency !== undefined && { currency }),
    ...((issuingDateFrom ?? issuingDateTo) !== undefined && {
      issuingDate: {
        ...(issuingDateFrom && { $gte: issuingDateFrom }),
        ...(issuingDateTo && { $lte: issuingDateTo }),
      },
    }),
  };
}

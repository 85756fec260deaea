import { TaxError, TaxStrategyRegistry } from '@anrok-nest/tax';
import { EntityManager, type FilterQuery, LockMode } from '@mikro-orm/core';
import { Injectable } from '@nestjs/common';
import { EventEmitter2 } from '@nestjs/event-emitter';
import { AddOn } from '../add-on/add-on.entity.js';
import { InvalidInputError, NotAllowedError, NotFoundError } from '../billing.error.js';
import { Clock } from '../clock.js';
import { Customer } from '../customer/customer.entity.js';
import { type Page, type PageRequest, toBounds } from '../page.js';
import { nextInSequence } from '../sequence/next-in-sequence.js';
import { applyTaxes } from '../tax/apply-taxes.js';
import { reportTaxProblem } from '../tax/report-tax-problem.js';
import { toTaxDocument } from '../tax/to-tax-document.js';
import { addDays, calendarDate } from './calendar-date.js';
import { findInvoice, lockInvoice } from './find-invoice.js';
import { Invoice } from './invoice.entity.js';
import { INVOICE_FINALIZED, InvoiceFinalized } from './invoice.event.js';
import { invoiceNumber } from './invoice-number.js';
import { type InvoiceStatus, nextStatus } from './invoice-status.js';
import { type OneOffFeeInput, toOneOffFees } from './one-off-fees.js';

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
    private readonly events: EventEmitter2,
    private readonly clock: Clock,
    private readonly strategies: TaxStrategyRegistry,
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
      const customer = await em.findOne(
        Customer,
        { externalId: input.customerId },
        { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true },
      );
      if (!customer) throw new NotFoundError('customer');
      if (input.fees.length === 0) throw new NotFoundError('fees');
      customer.currency = currencyOf(customer, input.currency);
      const { fees, feesAmountCents } = toOneOffFees(await this.withAddOns(input.fees), customer.currency);

      const issuingDate = calendarDate(this.clock.now(), customer.timezone ?? 'UTC');
      const netPaymentTerm = customer.netPaymentTerm ?? 0;
      const invoice = em.create(Invoice, {
        number: invoiceNumber(issuingDate, await nextInSequence(em, 'invoice')),
        sequentialId: await nextInSequence(em, `invoice of ${customer.id}`),
        status: 'finalizing',
        customer,
        currency: customer.currency,
        issuingDate,
        netPaymentTerm,
        paymentDueDate: addDays(issuingDate, netPaymentTerm),
        fees,
        feesAmountCents,
        errorDetails: [],
      });
      await em.flush();
      await this.finalize(invoice);
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
      await this.finalize(invoice);
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

  private async finalize(invoice: Invoice): Promise<void> {
    const document = toTaxDocument(invoice);
    try {
      // a savepoint: what a strategy wrote before it refused must not be kept with the failed invoice
      await this.em.transactional(async () => {
        const strategy = await this.strategies.for(document.customer);
        const settlement = await strategy.settle(document);
        if (settlement.status === 'settled') applyTaxes(invoice, settlement.calculation);
      });
    } catch (error) {
      if (!(error instanceof TaxError)) throw error;
      reportTaxProblem(invoice, { ...error.problem, next: 'failed' });
    }
    await this.em.flush();
    await this.events.emitAsync(INVOICE_FINALIZED, new InvoiceFinalized(invoice.id, invoice.customer.externalId));
  }

  private async withAddOns(fees: readonly OneOffFeeInput[]) {
    const found = await this.em.find(AddOn, { code: { $in: fees.map((fee) => fee.addOnCode) } });
    const byCode = new Map(found.map((addOn) => [addOn.code, addOn]));
    return fees.map((input) => {
      const addOn = byCode.get(input.addOnCode);
      if (!addOn) throw new NotFoundError('add_on');
      return { input, addOn };
    });
  }
}

/** The customer's currency, or the one that its first invoice decides on. */
function currencyOf(customer: Customer, wanted: string | null | undefined): string {
  const currency = wanted ?? customer.currency;
  if (!currency) throw new InvalidInputError({ currency: ['value_is_mandatory'] });
  if (customer.currency && customer.currency !== currency)
    throw new InvalidInputError({ currency: ['currencies_does_not_match'] });
  return currency;
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

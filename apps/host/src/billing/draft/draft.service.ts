import { EntityManager } from '@mikro-orm/core';
import { Injectable } from '@nestjs/common';
import { BilledPeriod } from '../billing-run/billed-period.entity.js';
import { pricePeriods } from '../billing-run/price-periods.js';
import { NotAllowedError, NotFoundError } from '../billing.error.js';
import { Clock } from '../clock.js';
import { addDays, calendarDate } from '../invoice/calendar-date.js';
import { findInvoice, lockInvoice } from '../invoice/find-invoice.js';
import type { Invoice } from '../invoice/invoice.entity.js';
import { InvoiceFinalizer } from '../invoice/invoice-finalizer.js';
import { nextStatus } from '../invoice/invoice-status.js';
import { putOn } from '../invoice/new-invoice.js';
import { clearTaxes } from '../tax/apply-taxes.js';
import { DraftEstimator } from './draft-estimator.js';

/** Invoices over periods that have ended, as long as what was used in them may still change. */
@Injectable()
export class DraftService {
  constructor(
    private readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly estimator: DraftEstimator,
    private readonly finalizer: InvoiceFinalizer,
  ) {}

  /**
   * Computes the fees of a draft anew, from what was used and what the plan is now, and then its tax.
   *
   * @throws NotFoundError
   * @throws NotAllowedError unless it is a draft
   */
  async refresh(id: string): Promise<Invoice> {
    await this.em.transactional(async () => this.reprice(await this.lock(id)));
    await this.estimator.estimate(id);
    return (await findInvoice(this.em, id))!;
  }

  /**
   * Issues a draft, with its fees computed for the last time. A tax that could not be estimated does not keep it from
   * that: it fails then, with the reason, if there is still none. It is issued today, and no answer changes that.
   *
   * @throws NotFoundError
   * @throws NotAllowedError unless it is a draft
   */
  async finalize(id: string): Promise<Invoice> {
    return this.em.transactional(async () => {
      const draft = await this.lock(id);
      const invoice = await this.reprice(draft);
      invoice.status = nextStatus(invoice.status, 'issued')!;
      // its tax is settled now, whatever came of the estimates
      invoice.errorDetails = [];
      invoice.issuingDate = calendarDate(this.clock.now(), invoice.customer.timezone ?? 'UTC');
      invoice.paymentDueDate = addDays(invoice.issuingDate, invoice.netPaymentTerm);
      await this.finalizer.finalize(invoice);
      return invoice;
    });
  }

  private async lock(id: string): Promise<Invoice> {
    const invoice = await lockInvoice(this.em, id);
    if (!invoice) throw new NotFoundError('invoice');
    if (!nextStatus(invoice.status, 'issued')) throw new NotAllowedError('invalid_status');
    return invoice;
  }

  private async reprice(draft: Invoice): Promise<Invoice> {
    for (const fee of draft.fees) this.em.remove(fee);
    clearTaxes(draft);
    await this.em.flush();
    const periods = await this.em.find(
      BilledPeriod,
      { invoice: draft },
      { populate: ['subscription.plan.charges.billableMetric', 'subscription.plan.fixedCharges.addOn'], refresh: true },
    );
    putOn(this.em, draft, await pricePeriods(this.em, periods));
    await this.em.flush();
    return (await findInvoice(this.em, draft.id))!;
  }
}

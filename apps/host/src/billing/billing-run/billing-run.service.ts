import { type IsoDate, toLoggable } from '@anrok-nest/tax';
import { EntityManager, RequestContext } from '@mikro-orm/core';
import { Injectable, Logger } from '@nestjs/common';
import { NotAllowedError } from '../billing.error.js';
import { Clock } from '../clock.js';
import { DraftEstimator } from '../draft/draft-estimator.js';
import { DraftService } from '../draft/draft.service.js';
import { Invoice } from '../invoice/invoice.entity.js';
import { Subscription } from '../subscription/subscription.entity.js';
import { CustomerBilling } from './customer-billing.js';
import { lastDay } from './last-day.js';

/** What a run did. */
export interface BillingReport {
  /** Numbers of the invoices that were issued at once. */
  readonly issued: readonly string[];
  /** Numbers of those that are drafts for now. */
  readonly drafted: readonly string[];
  /** Numbers of the drafts that were issued because their time was over. */
  readonly finalized: readonly string[];
  /** What broke off, and is due still: customers, by the caller's ids, and drafts, by their numbers. */
  readonly failed: readonly string[];
}

/** Where a day begins before it does anywhere else. */
const EARLIEST_ZONE = 'Pacific/Kiritimati';

/**
 * Bills what is due, issues the drafts whose time is over, and estimates those that have no tax. Every customer and
 * every draft is a transaction of its own: a run that is repeated, that broke off, or that meets another one does what
 * is left to do.
 */
@Injectable()
export class BillingRunService {
  private readonly log = new Logger(BillingRunService.name);

  constructor(
    private readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly billing: CustomerBilling,
    private readonly drafts: DraftService,
    private readonly estimator: DraftEstimator,
  ) {}

  /** @param day the last one that is billed; today, wherever each customer is, when absent or to come */
  async run(day?: IsoDate): Promise<BillingReport> {
    const report = {
      issued: [] as string[],
      drafted: [] as string[],
      finalized: [] as string[],
      failed: [] as string[],
    };
    for (const { id, externalId } of await this.dueCustomers(day))
      await this.attempt(externalId, { customerId: id }, report.failed, async () => {
        for (const { status, number } of await this.billing.bill(externalId, day))
          report[status === 'draft' ? 'drafted' : 'issued'].push(number);
      });
    for (const { id, number } of await this.dueDrafts(day))
      await this.attempt(number, { invoiceId: id }, report.failed, async () => {
        if (await this.finalize(id)) report.finalized.push(number);
      });
    for (const { id, number } of await this.find({ status: 'draft', totalAmountCents: null }))
      await this.attempt(number, { invoiceId: id }, report.failed, () => this.estimator.estimate(id));
    return report;
  }

  /** What goes wrong with one of them is no reason to keep the others waiting. */
  private async attempt(name: string, ids: object, failed: string[], work: () => Promise<void>): Promise<void> {
    try {
      await RequestContext.create(this.em, work);
    } catch (error) {
      const { stack, ...what } = toLoggable(error);
      this.log.error('Billing broke off', { ...ids, ...what }, stack);
      failed.push(name);
    }
  }

  /** Answers whether it was still there to be finalized. */
  private async finalize(id: string): Promise<boolean> {
    try {
      await this.drafts.finalize(id);
      return true;
    } catch (error) {
      if (error instanceof NotAllowedError) return false;
      throw error;
    }
  }

  private async dueCustomers(day: IsoDate | undefined) {
    const due = await this.em
      .fork()
      .find(
        Subscription,
        { nextBillingOn: { $lte: lastDay(day, this.clock.now(), EARLIEST_ZONE) } },
        { fields: ['customer.externalId'], orderBy: { customer: { createdAt: 'asc', id: 'asc' } } },
      );
    return new Map(due.map(({ customer }) => [customer.id, customer])).values();
  }

  private async dueDrafts(day: IsoDate | undefined): Promise<Invoice[]> {
    const drafts = await this.find({
      status: 'draft',
      expectedFinalizationDate: { $lte: lastDay(day, this.clock.now(), EARLIEST_ZONE) },
    });
    const now = this.clock.now();
    return drafts.filter(
      (draft) => draft.expectedFinalizationDate! <= lastDay(day, now, draft.customer.timezone ?? 'UTC'),
    );
  }

  private find(condition: object): Promise<Invoice[]> {
    return this.em
      .fork()
      .find(Invoice, condition, { populate: ['customer'], orderBy: { createdAt: 'asc', id: 'asc' } });
  }
}

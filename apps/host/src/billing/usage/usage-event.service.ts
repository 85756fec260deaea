import { EntityManager, LockMode } from '@mikro-orm/core';
import { Injectable } from '@nestjs/common';
import { EventEmitter2 } from '@nestjs/event-emitter';
import { v7 as uuidv7 } from 'uuid';
import { AdvanceCharging, type AdvanceFee, type AdvanceTaxes, needsTax } from '../advance/advance-charging.js';
import { FeesNotTaxedError } from '../advance/fees-not-taxed.error.js';
import { priceEvents } from '../advance/price-events.js';
import { BillableMetric } from '../billable-metric/billable-metric.entity.js';
import { InvalidInputError, type InputProblem, NotFoundError } from '../billing.error.js';
import { Clock } from '../clock.js';
import { calendarDate } from '../invoice/calendar-date.js';
import { Subscription } from '../subscription/subscription.entity.js';
import { FEE_TAX_FAILED, FeeTaxFailed } from '../webhook/fee-tax-failed.event.js';
import { isMeasurable } from './aggregate-usage.js';
import { sortEvents, type UsageEventInput } from './sort-events.js';
import { UsageEvent } from './usage-event.entity.js';

/** What came of a try to record events: they are, or the taxes of some fees have to be known first. */
type Attempt = { readonly recorded: UsageEvent[] } | { readonly untaxed: readonly AdvanceFee[] };

@Injectable()
export class UsageEventService {
  constructor(
    private readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly events: EventEmitter2,
    private readonly charging: AdvanceCharging,
  ) {}

  /**
   * Records an event, and charges what it owes at once: both or neither. One that is known by its transaction id already
   * counts once: the answer is the one that is there. One that was refused was never there, and can be told again.
   *
   * @throws NotFoundError for the subscription
   * @throws InvalidInputError when its metric can make nothing of it, its transaction id was another event's, or its
   * period would cost more than can be billed
   * @throws TaxError when it owes a fee that stands alone and can't be taxed; `fee.taxFailed` is told then
   */
  async record(input: UsageEventInput): Promise<UsageEvent> {
    const [event] = await this.save([input], () => '');
    return event!;
  }

  /**
   * Records all of them or none.
   *
   * @throws as `record`, with fields such as `events[3].properties`
   */
  async recordAll(inputs: readonly UsageEventInput[]): Promise<UsageEvent[]> {
    return this.save(inputs, (index) => `events[${index}].`);
  }

  private async save(inputs: readonly UsageEventInput[], at: (index: number) => string): Promise<UsageEvent[]> {
    const feeIds = inputs.map(() => uuidv7());
    const taxes: AdvanceTaxes = new Map();
    try {
      // what is owed is decided under a lock, and its tax is asked for outside of it: whoever was overtaken asks again
      for (;;) {
        const attempt = await this.em.transactional(() => this.attempt(inputs, at, feeIds, taxes));
        if ('recorded' in attempt) return attempt.recorded;
        await this.charging.tax(attempt.untaxed, taxes);
      }
    } catch (error) {
      if (error instanceof FeesNotTaxedError) await this.tell(error);
      throw error;
    }
  }

  private async attempt(
    inputs: readonly UsageEventInput[],
    at: (index: number) => string,
    feeIds: readonly string[],
    taxes: AdvanceTaxes,
  ): Promise<Attempt> {
    const now = this.clock.now();
    const subscriptions = await this.lockSubscriptions(inputs);
    const known = await this.em.find(UsageEvent, {
      subscription: { $in: [...subscriptions.values()] },
      transactionId: { $in: inputs.map((input) => input.transactionId) },
    });
    const { fresh, all, clashing } = sortEvents(inputs, subscriptions, known, now);
    const problems = new Map(await this.unmeasurable(inputs, at));
    for (const index of clashing) problems.set(`${at(index)}transactionId`, ['value_already_exist']);
    const { prices, excessive } = await priceEvents(this.em, [...fresh.values()]);
    for (const [index, event] of fresh)
      if (excessive.has(event)) problems.set(`${at(index)}properties`, ['value_is_out_of_range']);
    if (problems.size > 0) throw new InvalidInputError(Object.fromEntries(problems));

    const idOf = new Map([...fresh].map(([index, event]) => [event, feeIds[index]!]));
    const fees = prices.map((price): AdvanceFee => {
      const issuingDate = calendarDate(now, price.event.subscription.customer.timezone ?? 'UTC');
      return { id: idOf.get(price.event)!, issuingDate, price };
    });
    const untaxed = fees.filter((fee) => needsTax(fee, taxes));
    if (untaxed.length > 0) return { untaxed };

    const created = new Map([...fresh.values()].map((event) => [event, this.em.create(UsageEvent, event)]));
    for (const fee of fees) await this.charging.charge(fee, taxes);
    return { recorded: all.map((event) => (event instanceof UsageEvent ? event : created.get(event)!)) };
  }

  private async tell({ prices, problem }: FeesNotTaxedError): Promise<void> {
    for (const { event, charge } of prices) {
      const { customer } = event.subscription;
      const failed = new FeeTaxFailed(customer.externalId, charge.id, event.transactionId, problem);
      await this.events.emitAsync(FEE_TAX_FAILED, failed);
    }
  }

  /**
   * By the caller's own ids. Locked, because who tells the same at the same moment has to wait and see. Two steps,
   * because PostgreSQL can't lock the far side of an outer join.
   */
  private async lockSubscriptions(inputs: readonly UsageEventInput[]): Promise<ReadonlyMap<string, Subscription>> {
    const externalIds = [...new Set(inputs.map((input) => input.subscriptionId))];
    const wanted = { externalId: { $in: externalIds } };
    const locked = { lockMode: LockMode.PESSIMISTIC_WRITE, orderBy: { id: 'asc' }, refresh: true } as const;
    await this.em.find(Subscription, wanted, { ...locked, fields: ['id'] });
    const found = await this.em.find(Subscription, wanted, {
      populate: ['customer', 'plan.charges.billableMetric'],
      refresh: true,
    });
    if (found.length < externalIds.length) throw new NotFoundError('subscription');
    return new Map(found.map((subscription) => [subscription.externalId, subscription]));
  }

  private async unmeasurable(
    inputs: readonly UsageEventInput[],
    at: (index: number) => string,
  ): Promise<[field: string, problems: InputProblem[]][]> {
    const metrics = await this.em.find(BillableMetric, { code: { $in: inputs.map((input) => input.code) } });
    const byCode = new Map(metrics.map((metric) => [metric.code, metric]));
    return inputs.flatMap(({ code, properties }, index): [string, InputProblem[]][] => {
      const metric = byCode.get(code);
      if (!metric || isMeasurable(metric, properties ?? {})) return [];
      const isMissing = (properties ?? {})[metric.fieldName!] === undefined;
      return [[`${at(index)}properties`, [isMissing ? 'value_is_mandatory' : 'value_is_invalid']]];
    });
  }
}

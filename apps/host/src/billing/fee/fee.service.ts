import { EntityManager } from '@mikro-orm/core';
import { Injectable } from '@nestjs/common';
import { EventEmitter2 } from '@nestjs/event-emitter';
import { validate } from 'uuid';
import { NotAllowedError, NotFoundError } from '../billing.error.js';
import { Fee } from '../invoice/invoice.entity.js';
import { type Page, type PageRequest, toBounds } from '../page.js';
import { Subscription } from '../subscription/subscription.entity.js';
import { FEE_VOIDED, FeeVoided } from './fee.event.js';
import { type FeeFilter, toCondition } from './fee.filter.js';
import { lockStandaloneFee } from './find-fee.js';

/** Fees, and what they are for. */
export interface FeesShown {
  readonly fees: readonly Fee[];
  readonly subscriptions: readonly Subscription[];
}

const WHOLE = ['customer', 'invoice', 'taxes'] as const;

/** All fees there are: on invoices, and those that stand alone. */
@Injectable()
export class FeeService {
  constructor(
    private readonly em: EntityManager,
    private readonly events: EventEmitter2,
  ) {}

  /** @throws NotFoundError */
  async find(id: string): Promise<FeesShown> {
    const fee = validate(id) ? await this.em.findOne(Fee, { id }, { populate: WHOLE }) : null;
    if (!fee) throw new NotFoundError('fee');
    return this.show([fee]);
  }

  /** Newest first. */
  async list({ subscriptionId, ...filter }: FeeFilter, request: PageRequest): Promise<Page<Fee> & FeesShown> {
    // by the caller's own id; there is none of another one's
    const subscription = subscriptionId && (await this.em.findOne(Subscription, { externalId: subscriptionId }));
    const condition = subscriptionId ? { subscriptionId: subscription ? subscription.id : [] } : {};
    const [items, totalCount] = await this.em.findAndCount(
      Fee,
      { $and: [toCondition(filter), condition] },
      { ...toBounds(request), populate: WHOLE, orderBy: { createdAt: 'desc', id: 'desc' } },
    );
    return { items, request, totalCount, ...(await this.show(items)) };
  }

  /**
   * Takes back a fee that stands alone. Its event stays known: told once more, it makes no other fee.
   *
   * @throws NotFoundError
   * @throws NotAllowedError when it is on an invoice, which is taken back as a whole
   */
  async remove(id: string): Promise<FeesShown> {
    return this.em.transactional(async (em) => {
      const fee = await lockStandaloneFee(em, id);
      const shown = await this.find(id);
      if (!fee) throw new NotAllowedError('invoiced_fee');
      // its taxes go with it; what is shown keeps them
      await em.nativeDelete(Fee, { id });
      await this.events.emitAsync(FEE_VOIDED, new FeeVoided(id, fee.customer.externalId));
      return shown;
    });
  }

  private async show(fees: readonly Fee[]): Promise<FeesShown> {
    const ids = fees.flatMap((fee) => fee.subscriptionId ?? []);
    return { fees, subscriptions: await this.em.find(Subscription, { id: { $in: [...new Set(ids)] } }) };
  }
}

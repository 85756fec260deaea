import { EntityManager } from '@mikro-orm/core';
import { Injectable } from '@nestjs/common';
import { validate } from 'uuid';
import { NotAllowedError, NotFoundError } from '../billing.error.js';
import { Clock } from '../clock.js';
import { type Page, type PageRequest, toBounds } from '../page.js';
import { type DeliveryStatus, WebhookDelivery } from './webhook-delivery.entity.js';

const OF = ['message', 'endpoint'] as const;

/** What became of the webhooks, for people. */
@Injectable()
export class WebhookDeliveryService {
  constructor(
    private readonly em: EntityManager,
    private readonly clock: Clock,
  ) {}

  /** Newest first, of all statuses when none is given. */
  async list(status: DeliveryStatus | undefined, request: PageRequest): Promise<Page<WebhookDelivery>> {
    const [items, totalCount] = await this.em.findAndCount(WebhookDelivery, status ? { status } : {}, {
      ...toBounds(request),
      populate: OF,
      orderBy: { createdAt: 'desc', id: 'desc' },
    });
    return { items, request, totalCount };
  }

  /**
   * Makes it due at once, as if it had never been tried. One that is being sent at this moment is left to that.
   *
   * @throws NotFoundError
   * @throws NotAllowedError when the endpoint has it
   */
  async retry(id: string): Promise<WebhookDelivery> {
    const { status } = await this.find(id);
    if (status === 'succeeded') throw new NotAllowedError('is_succeeded');
    const isIdle = { id, leaseOwner: null, status: { $ne: 'succeeded' as const } };
    const asNew = { status: 'pending' as const, dueAt: this.clock.now(), attempts: 0, firstFailedAt: null };
    await this.em.nativeUpdate(WebhookDelivery, isIdle, asNew);
    return this.find(id);
  }

  private async find(id: string): Promise<WebhookDelivery> {
    const delivery = validate(id)
      ? await this.em.findOne(WebhookDelivery, { id }, { populate: OF, refresh: true })
      : null;
    if (!delivery) throw new NotFoundError('webhook');
    return delivery;
  }
}

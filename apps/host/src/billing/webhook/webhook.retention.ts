import { EntityManager } from '@mikro-orm/core';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../clock.js';
import { WebhookDelivery } from './webhook-delivery.entity.js';
import { WebhookMessage } from './webhook-message.entity.js';
import { WEBHOOK_OPTIONS, type WebhookOptions } from './webhook.options.js';

const DAY_MS = 86_400_000;

/** Forgets what every endpoint has had for long. What was given up stays until somebody sees to it. */
@Injectable()
export class WebhookRetention {
  constructor(
    private readonly em: EntityManager,
    private readonly clock: Clock,
    @Inject(WEBHOOK_OPTIONS) private readonly options: WebhookOptions,
  ) {}

  /** Answers how many messages went. */
  async sweep(): Promise<number> {
    const em = this.em.fork() as SqlEntityManager;
    const before = new Date(this.clock.now().getTime() - this.options.retentionDays * DAY_MS);
    const stillOfUse = em
      .createQueryBuilder(WebhookDelivery, 'delivery')
      .select('message')
      .where({ $or: [{ status: { $ne: 'succeeded' } }, { lastTriedAt: { $gte: before } }] });
    const { affectedRows } = await em
      .createQueryBuilder(WebhookMessage)
      .delete({ createdAt: { $lt: before }, id: { $nin: stillOfUse } })
      .execute('run');
    return affectedRows;
  }
}

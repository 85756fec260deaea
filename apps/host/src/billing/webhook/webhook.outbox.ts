import { EntityManager, LockMode } from '@mikro-orm/core';
import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { Clock } from '../clock.js';
import { ORGANIZATION_ID } from '../organization.js';
import { WebhookDelivery } from './webhook-delivery.entity.js';
import { WebhookEndpoint } from './webhook-endpoint.entity.js';
import { WebhookMessage } from './webhook-message.entity.js';
import { WEBHOOK_OBJECTS, type WebhookType } from './webhook-type.js';

/**
 * Where everything is put that receivers are to be told. It is written in the transaction that is open at the caller's,
 * or in one of its own where there is none: a webhook commits and rolls back with what it tells.
 */
@Injectable()
export class WebhookOutbox {
  constructor(
    private readonly em: EntityManager,
    private readonly clock: Clock,
  ) {}

  /**
   * Tells all endpoints that want this type; those that come later don't hear of it.
   *
   * @param describe what the webhook is about, as the API shows it. Asked only when there is an endpoint to tell
   */
  async add(type: WebhookType, describe: () => Promise<object>): Promise<void> {
    if (this.em.isInTransaction()) return this.write(type, describe);
    return this.em.fork().transactional(() => this.write(type, describe));
  }

  private async write(type: WebhookType, describe: () => Promise<object>): Promise<void> {
    // shared locks: an endpoint that is being deleted goes before this, or after the commit, and fails nobody's invoice
    const endpoints = await this.em.find(
      WebhookEndpoint,
      {},
      { lockMode: LockMode.PESSIMISTIC_READ, disableIdentityMap: true, orderBy: { id: 'asc' } },
    );
    const wanting = endpoints.filter(({ types }) => !types || types.includes(type));
    if (wanting.length === 0) return;

    const message = uuidv7();
    const createdAt = this.clock.now();
    await this.em.insert(WebhookMessage, { id: message, type, body: toBody(type, await describe()), createdAt });
    await this.em.insertMany(
      WebhookDelivery,
      wanting.map((endpoint) => ({
        id: uuidv7(),
        message,
        endpoint: endpoint.id,
        status: 'pending' as const,
        dueAt: createdAt,
        attempts: 0,
        createdAt,
      })),
    );
  }
}

function toBody(type: WebhookType, object: object): string {
  const objectType = WEBHOOK_OBJECTS[type];
  return JSON.stringify({
    webhook_type: type,
    object_type: objectType,
    organization_id: ORGANIZATION_ID,
    [objectType]: object,
  });
}

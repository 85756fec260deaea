import { Get, HttpCode, Param, Post } from '@nestjs/common';
import { WebhookDeliveryService } from '../../billing/index.js';
import { toPageRequest } from '../input/page.input.js';
import { QueryOf } from '../input/query-of.decorator.js';
import { LagoController } from '../lago.controller.js';
import { toPageMeta } from '../page.serializer.js';
import { WebhookListInput } from './webhook-list.input.js';
import { toWebhookObject } from './webhook.serializer.js';

/** An extension: what became of every webhook. */
@LagoController('webhooks')
export class WebhookController {
  constructor(private readonly deliveries: WebhookDeliveryService) {}

  @Get()
  async list(@QueryOf() query: WebhookListInput) {
    const page = await this.deliveries.list(query.status, toPageRequest(query));
    return { webhooks: page.items.map(toWebhookObject), meta: toPageMeta(page) };
  }

  @Post(':lago_id/retry')
  @HttpCode(200)
  async retry(@Param('lago_id') id: string) {
    return { webhook: toWebhookObject(await this.deliveries.retry(id)) };
  }
}

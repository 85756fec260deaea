import { Delete, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import { WebhookEndpointService } from '../../billing/index.js';
import { BodyOf } from '../input/body-of.decorator.js';
import { PageInput, toPageRequest } from '../input/page.input.js';
import { QueryOf } from '../input/query-of.decorator.js';
import { LagoController } from '../lago.controller.js';
import { toPageMeta } from '../page.serializer.js';
import { toWebhookEndpointInput, WebhookEndpointBody, WebhookEndpointChanges } from './webhook-endpoint.input.js';
import { toWebhookEndpointObject } from './webhook-endpoint.serializer.js';

@LagoController('webhook_endpoints')
export class WebhookEndpointController {
  constructor(private readonly endpoints: WebhookEndpointService) {}

  /** The `secret` is an extension, and shown here only. */
  @Post()
  @HttpCode(200)
  async create(@BodyOf('webhook_endpoint') body: WebhookEndpointBody) {
    const { endpoint, secret } = await this.endpoints.create(toWebhookEndpointInput(body));
    return { webhook_endpoint: { ...toWebhookEndpointObject(endpoint), secret } };
  }

  @Put(':lago_id')
  async update(@Param('lago_id') id: string, @BodyOf('webhook_endpoint') body: WebhookEndpointChanges) {
    return { webhook_endpoint: toWebhookEndpointObject(await this.endpoints.update(id, toWebhookEndpointInput(body))) };
  }

  @Get()
  async list(@QueryOf() query: PageInput) {
    const page = await this.endpoints.list(toPageRequest(query));
    return { webhook_endpoints: page.items.map(toWebhookEndpointObject), meta: toPageMeta(page) };
  }

  @Get(':lago_id')
  async find(@Param('lago_id') id: string) {
    return { webhook_endpoint: toWebhookEndpointObject(await this.endpoints.find(id)) };
  }

  @Delete(':lago_id')
  async delete(@Param('lago_id') id: string) {
    return { webhook_endpoint: toWebhookEndpointObject(await this.endpoints.delete(id)) };
  }
}

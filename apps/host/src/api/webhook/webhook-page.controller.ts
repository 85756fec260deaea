import { Controller, Get, Header, HttpStatus, Param, Post, Redirect, UseGuards } from '@nestjs/common';
import { WebhookDeliveryService } from '../../billing/index.js';
import { AdminGuard } from '../access/admin.guard.js';
import { WebhooksPage } from './webhook.page.js';

const LATEST = { page: 1, perPage: 100 };

/** What became of the webhooks, for people who are signed in: the cookie comes from pages of this host only. */
@Controller('webhooks')
@UseGuards(AdminGuard)
export class WebhookPageController {
  constructor(private readonly deliveries: WebhookDeliveryService) {}

  @Get()
  @Header('Content-Type', 'text/html; charset=utf-8')
  @Header(
    'Content-Security-Policy',
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
  )
  async show(): Promise<string> {
    return WebhooksPage({ deliveries: (await this.deliveries.list(undefined, LATEST)).items });
  }

  @Post(':id/retry')
  @Redirect('/webhooks', HttpStatus.SEE_OTHER)
  async retry(@Param('id') id: string): Promise<void> {
    await this.deliveries.retry(id);
  }
}

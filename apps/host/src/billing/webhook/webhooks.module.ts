import { type DynamicModule, Module } from '@nestjs/common';
import { Clock, SystemClock } from '../clock.js';
import { WebhookDeliveryService } from './webhook-delivery.service.js';
import { WebhookEndpointService } from './webhook-endpoint.service.js';
import { WebhookDispatcher } from './webhook.dispatcher.js';
import { WebhookLeases } from './webhook.leases.js';
import { WEBHOOK_OPTIONS, type WebhookOptions } from './webhook.options.js';
import { WebhookRetention } from './webhook.retention.js';
import { WebhookSecrets } from './webhook.secrets.js';
import { WebhookSender } from './webhook.sender.js';
import { WebhookWorker } from './webhook.worker.js';

/** Where webhooks go, and how they get there. */
@Module({})
export class WebhooksModule {
  static register(options: WebhookOptions): DynamicModule {
    return {
      module: WebhooksModule,
      providers: [
        { provide: WEBHOOK_OPTIONS, useValue: options },
        { provide: Clock, useClass: SystemClock },
        WebhookSecrets,
        WebhookSender,
        WebhookLeases,
        WebhookDispatcher,
        WebhookRetention,
        WebhookWorker,
        WebhookEndpointService,
        WebhookDeliveryService,
      ],
      exports: [WebhookDispatcher, WebhookEndpointService, WebhookDeliveryService],
    };
  }
}

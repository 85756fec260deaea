import { Module } from '@nestjs/common';
import { Clock, SystemClock } from '../clock.js';
import { WebhookOutbox } from './webhook.outbox.js';

/** For everybody who has something to tell; whether and how it is sent is WebhooksModule's business. */
@Module({ providers: [WebhookOutbox, { provide: Clock, useClass: SystemClock }], exports: [WebhookOutbox] })
export class WebhookOutboxModule {}

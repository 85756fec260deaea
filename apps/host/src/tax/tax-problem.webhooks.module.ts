import { Module } from '@nestjs/common';
import { WebhookOutboxModule } from '../billing/index.js';
import { TaxProblemWebhooks } from './tax-problem.webhooks.js';

/** For the billing host's adapter, which AnrokTaxModule makes. What it asks of that module is global. */
@Module({ imports: [WebhookOutboxModule], providers: [TaxProblemWebhooks], exports: [TaxProblemWebhooks] })
export class TaxProblemWebhooksModule {}

import { type DynamicModule, Module } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { WebhookOutboxModule } from '../billing/index.js';
import { AccessModule } from './access/access.module.js';
import type { AccessOptions } from './access/access.module-definition.js';
import { AddOnController } from './add-on/add-on.controller.js';
import { BillingWebhooksListener } from './webhook/billing-webhooks.listener.js';
import { WebhookController } from './webhook/webhook.controller.js';
import { WebhookPageController } from './webhook/webhook-page.controller.js';
import { WebhookEndpointController } from './webhook-endpoint/webhook-endpoint.controller.js';
import { BillableMetricController } from './billable-metric/billable-metric.controller.js';
import { CreditNoteController } from './credit-note/credit-note.controller.js';
import { CurrentUsageController } from './current-usage/current-usage.controller.js';
import { CustomerController } from './customer/customer.controller.js';
import { FeeController } from './fee/fee.controller.js';
import { InvoiceController } from './invoice/invoice.controller.js';
import { ProspectiveInvoiceController } from './invoice/prospective-invoice.controller.js';
import { LagoErrorFilter } from './lago-error.filter.js';
import { PlanController } from './plan/plan.controller.js';
import { SubscriptionController } from './subscription/subscription.controller.js';
import { UsageEventController } from './usage-event/usage-event.controller.js';
import { WalletController } from './wallet/wallet.controller.js';
import { WalletTransactionController } from './wallet/wallet-transaction.controller.js';

interface ApiModuleOptions extends AccessOptions {
  /** `BillingModule.register(…)` */
  readonly billing: DynamicModule;
  /** `WebhooksModule.register(…)` */
  readonly webhooks: DynamicModule;
}

/** Billing over HTTP, as `lago-javascript-client` expects it: `/api/v1`. */
@Module({})
export class ApiModule {
  static register({ billing, webhooks, apiKey }: ApiModuleOptions): DynamicModule {
    return {
      module: ApiModule,
      imports: [billing, webhooks, WebhookOutboxModule, AccessModule.register({ apiKey })],
      controllers: [
        AddOnController,
        BillableMetricController,
        CreditNoteController,
        CurrentUsageController,
        CustomerController,
        FeeController,
        InvoiceController,
        ProspectiveInvoiceController,
        PlanController,
        SubscriptionController,
        UsageEventController,
        WalletController,
        WalletTransactionController,
        WebhookController,
        WebhookEndpointController,
        WebhookPageController,
      ],
      providers: [{ provide: APP_FILTER, useClass: LagoErrorFilter }, BillingWebhooksListener],
    };
  }
}

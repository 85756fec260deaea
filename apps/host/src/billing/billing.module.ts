import { type DynamicModule, Module, type ModuleMetadata } from '@nestjs/common';
import { ScheduleModule } from '@nestjs/schedule';
import { AddOnService } from './add-on/add-on.service.js';
import { AdvanceCharging } from './advance/advance-charging.js';
import { FeeEstimateService } from './advance/fee-estimate.service.js';
import { BillableMetricService } from './billable-metric/billable-metric.service.js';
import { BillingOptions } from './billing-options.js';
import { BillingRunService } from './billing-run/billing-run.service.js';
import { BillingSchedule } from './billing-run/billing-schedule.js';
import { CustomerBilling } from './billing-run/customer-billing.js';
import { Clock, SystemClock } from './clock.js';
import { CreditNoteService } from './credit-note/credit-note.service.js';
import { CustomerService } from './customer/customer.service.js';
import { DocumentTaxesModule } from './document-taxes.module.js';
import { DraftEstimator } from './draft/draft-estimator.js';
import { DraftService } from './draft/draft.service.js';
import { FeeService } from './fee/fee.service.js';
import { InvoiceFinalizer } from './invoice/invoice-finalizer.js';
import { InvoiceReversalService } from './invoice/invoice-reversal.service.js';
import { InvoiceService } from './invoice/invoice.service.js';
import { InvoiceEstimateService } from './preview/invoice-estimate.service.js';
import { InvoicePreviewService } from './preview/invoice-preview.service.js';
import { PreviewSubscriptions } from './preview/preview-subscriptions.js';
import { PlanService } from './plan/plan.service.js';
import { SubscriptionService } from './subscription/subscription.service.js';
import { CurrentUsageService } from './usage/current-usage.service.js';
import { UsageEventService } from './usage/usage-event.service.js';
import { WalletRefresher } from './wallet/wallet.refresher.js';
import { WalletSchedule } from './wallet/wallet.schedule.js';
import { WalletService } from './wallet/wallet.service.js';
import { WalletTopUp } from './wallet/wallet-top-up.js';

interface BillingModuleOptions {
  /**
   * The modules that export what billing asks for and doesn't know: a `TaxStrategyRegistry` and `CustomerIntegrations`.
   */
  readonly imports: NonNullable<ModuleMetadata['imports']>;
  /** Days in which an invoice over a period stays a draft, for customers without days of their own. Default 0: none. */
  readonly invoiceGracePeriod?: number;
  /** Whether this process bills by itself what is due, and refreshes wallets. Default false. */
  readonly schedule?: boolean;
}

const SERVICES = [
  AddOnService,
  BillableMetricService,
  BillingRunService,
  CreditNoteService,
  CurrentUsageService,
  CustomerService,
  DraftService,
  FeeEstimateService,
  FeeService,
  InvoiceEstimateService,
  InvoicePreviewService,
  InvoiceReversalService,
  InvoiceService,
  PlanService,
  SubscriptionService,
  UsageEventService,
  WalletRefresher,
  WalletService,
];

const PARTS = [AdvanceCharging, CustomerBilling, DraftEstimator, InvoiceFinalizer, PreviewSubscriptions, WalletTopUp];

/** What is sold, to whom, and the documents over it. Tables: `hostEntities`. Expects MikroORM and events to be global. */
@Module({})
export class BillingModule {
  static register({ imports, invoiceGracePeriod = 0, schedule = false }: BillingModuleOptions): DynamicModule {
    return {
      module: BillingModule,
      imports: [...imports, DocumentTaxesModule, ...(schedule ? [ScheduleModule.forRoot()] : [])],
      providers: [
        ...SERVICES,
        ...PARTS,
        ...(schedule ? [BillingSchedule, WalletSchedule] : []),
        { provide: BillingOptions, useValue: { invoiceGracePeriod } satisfies BillingOptions },
        { provide: Clock, useClass: SystemClock },
      ],
      exports: [...SERVICES, Clock],
    };
  }
}

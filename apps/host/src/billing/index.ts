export { AddOn } from './add-on/add-on.entity.js';
export { type AddOnInput, AddOnService } from './add-on/add-on.service.js';
export { FeeEstimateService } from './advance/fee-estimate.service.js';
export { type Aggregation, AGGREGATIONS, BillableMetric } from './billable-metric/billable-metric.entity.js';
export { type BillableMetricInput, BillableMetricService } from './billable-metric/billable-metric.service.js';
export { BilledPeriod, type PeriodToBill } from './billing-run/billed-period.entity.js';
export { type BillingReport, BillingRunService } from './billing-run/billing-run.service.js';
export { BillingModule } from './billing.module.js';
export { InvalidInputError, NotAllowedError, NotFoundError } from './billing.error.js';
export { Clock } from './clock.js';
export {
  type CustomerIntegration,
  type CustomerIntegrationRequest,
  CustomerIntegrations,
} from './customer/customer-integrations.js';
export { Customer, CUSTOMER_TYPES, type CustomerType } from './customer/customer.entity.js';
export {
  CREDIT_NOTE_REASONS,
  CreditNote,
  type CreditNoteItem,
  type CreditNoteReason,
  CreditNoteTax,
} from './credit-note/credit-note.entity.js';
export type { CreditNoteFilter } from './credit-note/credit-note.filter.js';
export {
  type CreditNoteEstimate,
  type CreditNoteInput,
  CreditNoteService,
  type GivenBack,
} from './credit-note/credit-note.service.js';
export { type CustomerInput, CustomerService } from './customer/customer.service.js';
export { NoCustomerIntegrations } from './customer/no-customer-integrations.js';
export { PostalAddress } from './customer/postal-address.embeddable.js';
export { DocumentTaxesModule } from './document-taxes.module.js';
export { toDecimalText } from './decimal-text.js';
export { DraftService } from './draft/draft.service.js';
export type { FeeFilter } from './fee/fee.filter.js';
export { FeeService, type FeesShown } from './fee/fee.service.js';
export { hostEntities } from './entities.js';
export type { InvoiceErrorDetail } from './invoice/invoice-error-detail.js';
export { InvoiceEstimateService } from './preview/invoice-estimate.service.js';
export { InvoicePreviewService, type PreviewInput } from './preview/invoice-preview.service.js';
export { InvoiceReversalService } from './invoice/invoice-reversal.service.js';
export type { InvoiceStatus } from './invoice/invoice-status.js';
export { Fee, type FeeItemType, FeeTax, Invoice, InvoiceTax } from './invoice/invoice.entity.js';
export { type InvoiceFilter, InvoiceService, type OneOffInvoiceInput } from './invoice/invoice.service.js';
export type { Page, PageRequest } from './page.js';
export { DocumentTaxes, type DocumentToTax } from './tax/document-taxes.js';
export { TaxableCustomers } from './tax/taxable-customers.js';
export { SOLD_TYPES, type SoldItem, SoldItems } from './tax/sold-items.js';
export {
  INVOICE_DRAFT_TAX_FAILED,
  INVOICE_DRAFTED,
  INVOICE_FAILED,
  INVOICE_TAXED,
  InvoiceDraftTaxFailed,
} from './invoice/invoice.event.js';
export { ORGANIZATION_ID } from './organization.js';
export type { TopUp } from './wallet/wallet-top-up.js';
export { balanceOf, transactionStatusOf, walletStatusOf } from './wallet/wallet-balance.js';
export { Wallet, WalletTransaction } from './wallet/wallet.entity.js';
export { WalletRefresher } from './wallet/wallet.refresher.js';
export { type WalletChanges, type WalletFilter, type WalletInput, WalletService } from './wallet/wallet.service.js';
export { FEE_TAX_FAILED, FeeTaxFailed } from './webhook/fee-tax-failed.event.js';
export { DELIVERY_STATUSES, type DeliveryStatus, WebhookDelivery } from './webhook/webhook-delivery.entity.js';
export { WebhookDeliveryService } from './webhook/webhook-delivery.service.js';
export { WebhookEndpoint } from './webhook/webhook-endpoint.entity.js';
export { type WebhookEndpointInput, WebhookEndpointService } from './webhook/webhook-endpoint.service.js';
export { WebhookMessage } from './webhook/webhook-message.entity.js';
export { WEBHOOK_OBJECTS, WEBHOOK_TYPES, type WebhookType } from './webhook/webhook-type.js';
export { WebhookDispatcher } from './webhook/webhook.dispatcher.js';
export type { WebhookOptions } from './webhook/webhook.options.js';
export { WebhookOutbox } from './webhook/webhook.outbox.js';
export { WebhookOutboxModule } from './webhook/webhook-outbox.module.js';
export { WebhooksModule } from './webhook/webhooks.module.js';
export { Charge, FixedCharge, Plan, PLAN_INTERVALS, type PlanInterval } from './plan/plan.entity.js';
export type { PlanInput } from './plan/plan.input.js';
export { PlanService } from './plan/plan.service.js';
export {
  currentPeriodOf,
  momentsOf,
  scheduleOf,
  statusOf,
  SUBSCRIPTION_STATUSES,
  type SubscriptionStatus,
} from './subscription/subscription-status.js';
export { BILLING_TIMES, type BillingTime, Subscription } from './subscription/subscription.entity.js';
export {
  type BilledSubscriptions,
  type SubscriptionFilter,
  type SubscriptionInput,
  SubscriptionService,
} from './subscription/subscription.service.js';
export type { ChargeUsage } from './usage/charge-usage.js';
export { type CurrentUsage, CurrentUsageService } from './usage/current-usage.service.js';
export { UsageEvent } from './usage/usage-event.entity.js';
export type { UsageEventInput } from './usage/sort-events.js';
export { UsageEventService } from './usage/usage-event.service.js';

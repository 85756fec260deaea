import type { BilledSubscriptions, CustomerIntegration, Invoice } from '../../billing/index.js';
import { toCustomerObject } from '../customer/customer.serializer.js';
import { toSubscriptionObject } from '../subscription/subscription.serializer.js';
import { toInvoiceTaxObject } from './applied-tax.serializer.js';
import { toErrorDetailObject } from './error-detail.serializer.js';
import { toBillingPeriodObjects } from './billing-period.serializer.js';
import { toFeeObject } from './fee.serializer.js';
import { toWireStatus } from './invoice-status.wire.js';

/**
 * An invoice as the API shows it, without its fees. While there is no tax, what depends on it is 0, because the API's
 * types know no null; `status` says what to think of it. `included_taxes_amount_cents` is an extension: the tax that
 * prices already contain, which is in the total but not added to it. Once there is tax:
 *
 *     fees + taxes = total        sub total excluding taxes + included taxes + taxes = total
 */
export function toInvoiceObject(invoice: Invoice, integrations?: readonly CustomerIntegration[]) {
  const total = invoice.totalAmountCents ?? 0;
  return {
    lago_id: invoice.id,
    billing_entity_code: null,
    sequential_id: invoice.sequentialId,
    number: invoice.number,
    issuing_date: invoice.issuingDate,
    // an extension
    expected_finalization_date: invoice.expectedFinalizationDate ?? null,
    payment_due_date: invoice.paymentDueDate,
    net_payment_term: invoice.netPaymentTerm,
    payment_dispute_lost_at: invoice.paymentDisputeLostAt?.toISOString() ?? null,
    invoice_type: invoice.invoiceType,
    status: toWireStatus(invoice.status),
    payment_status:
      invoice.totalAmountCents === 0 && invoice.status !== 'draft' ? ('succeeded' as const) : ('pending' as const),
    currency: invoice.currency,
    fees_amount_cents: invoice.feesAmountCents,
    sub_total_excluding_taxes_amount_cents: invoice.preTaxAmountCents ?? 0,
    taxes_amount_cents: invoice.taxesAmountCents ?? 0,
    included_taxes_amount_cents: invoice.includedTaxesAmountCents ?? 0,
    sub_total_including_taxes_amount_cents: total,
    total_amount_cents: total,
    total_due_amount_cents: total,
    total_paid_amount_cents: 0,
    coupons_amount_cents: 0,
    credit_notes_amount_cents: 0,
    prepaid_credit_amount_cents: 0,
    progressive_billing_credit_amount_cents: 0,
    total_offsetted_credit_note_amount_cents: 0,
    version_number: 4,
    self_billed: false,
    file_url: null,
    xml_url: null,
    created_at: invoice.createdAt.toISOString(),
    updated_at: invoice.updatedAt.toISOString(),
    voided_at: invoice.voidedAt?.toISOString() ?? null,
    customer: toCustomerObject(invoice.customer, integrations),
    applied_taxes: invoice.taxes.getItems().map((tax) => toInvoiceTaxObject(tax, invoice.id, invoice.currency)),
    error_details: invoice.errorDetails.map(toErrorDetailObject),
    metadata: [],
  };
}

const NOTHING_BILLED: BilledSubscriptions = { subscriptions: [], periods: [], asOf: new Date(0) };

/** The same with its fees, and with what it bills. */
export function toWholeInvoiceObject(
  invoice: Invoice,
  integrations?: readonly CustomerIntegration[],
  { subscriptions, periods, asOf } = NOTHING_BILLED,
) {
  return {
    ...toInvoiceObject(invoice, integrations),
    fees: invoice.fees.getItems().map((fee) => toFeeObject(fee, subscriptions)),
    credits: [],
    subscriptions: subscriptions.map((subscription) => toSubscriptionObject(subscription, asOf)),
    billing_periods: toBillingPeriodObjects(periods),
  };
}

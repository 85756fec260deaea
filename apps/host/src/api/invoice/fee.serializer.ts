import { Decimal, sumOf } from '@anrok-nest/tax';
import type { Fee, Subscription } from '../../billing/index.js';
import { toFeeTaxObject, toPercent } from './applied-tax.serializer.js';
import { toErrorDetailObject } from './error-detail.serializer.js';
import { FEE_ITEMS } from './fee-type.wire.js';

/**
 * A line of an invoice, or a fee that stands alone, as the API shows it. While there is no tax, what depends on it is 0,
 * because the API's types know no null; the invoice's status says what to think of it, or the fee's `tax_status`. That
 * one is an extension, and so are `error_details`, `tax_included`, and `included_taxes_amount_cents` for the tax that
 * the amount already contains.
 */
export function toFeeObject(fee: Fee, subscriptions: readonly Subscription[] = []) {
  const { type, item_type } = FEE_ITEMS[fee.itemType];
  const taxes = fee.taxes.getItems();
  const preTaxAmount = fee.preTaxAmountCents ?? 0;
  return {
    lago_id: fee.id,
    lago_invoice_id: fee.invoice?.id ?? null,
    lago_charge_id: type === 'charge' ? (fee.chargeId ?? null) : null,
    lago_charge_filter_id: null,
    lago_fixed_charge_id: type === 'fixed_charge' ? (fee.chargeId ?? null) : null,
    lago_subscription_id: fee.subscriptionId ?? null,
    lago_true_up_fee_id: null,
    lago_true_up_parent_fee_id: null,
    lago_customer_id: fee.customer.id,
    external_customer_id: fee.customer.externalId,
    external_subscription_id: subscriptions.find(({ id }) => id === fee.subscriptionId)?.externalId ?? null,
    item: {
      type,
      code: fee.itemCode,
      name: fee.itemName,
      description: fee.description ?? null,
      invoice_display_name: fee.invoiceDisplayName,
      // a plan's fees are the subscription's to this API
      lago_item_id: item_type === 'Subscription' ? fee.subscriptionId! : fee.itemId,
      item_type,
    },
    description: fee.description ?? null,
    units: fee.units,
    total_aggregated_units: fee.units,
    precise_unit_amount: fee.unitAmount,
    amount_cents: fee.amountCents,
    amount_currency: fee.currency,
    tax_included: fee.taxIncluded,
    sub_total_excluding_taxes_amount_cents: preTaxAmount,
    sub_total_excluding_taxes_precise_amount_cents: String(preTaxAmount),
    taxes_amount_cents: fee.taxesAmountCents ?? 0,
    included_taxes_amount_cents: fee.includedTaxesAmountCents ?? 0,
    taxes_rate: toPercent(
      taxes
        .filter(({ treatment }) => treatment === 'collected' || treatment === 'included')
        .reduce((sum, { rate }) => sum.plus(rate), new Decimal(0)),
    ),
    total_amount_cents: typeof fee.taxesAmountCents === 'number' ? sumOf([fee.amountCents, fee.taxesAmountCents]) : 0,
    total_amount_currency: fee.currency,
    pay_in_advance: fee.payInAdvance,
    invoiceable: Boolean(fee.invoice),
    events_count: null,
    event_transaction_id: fee.eventTransactionId ?? null,
    tax_status: fee.invoice ? null : taxStatusOf(fee),
    error_details: (fee.errorDetails ?? []).map(toErrorDetailObject),
    payment_status: 'pending' as const,
    from_date: fee.fromDatetime?.toISOString() ?? null,
    to_date: fee.toDatetime?.toISOString() ?? null,
    created_at: fee.createdAt.toISOString(),
    succeeded_at: null,
    failed_at: null,
    refunded_at: null,
    applied_taxes: taxes.map((tax) => toFeeTaxObject(tax, fee.id, fee.currency)),
  };
}

/** Of a fee that stands alone. Until it has succeeded, the taxes that it shows are what they will be. */
function taxStatusOf({ taxedCustomer, errorDetails }: Fee): 'pending' | 'succeeded' | 'failed' {
  if (taxedCustomer) return 'succeeded';
  return errorDetails ? 'failed' : 'pending';
}

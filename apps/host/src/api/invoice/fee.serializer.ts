import { Decimal, sumOf, toDecimalString } from '@anrok-nest/tax';
import type { Fee, Invoice } from '../../billing/index.js';
import { toFeeTaxObject, toPercent } from './applied-tax.serializer.js';

/**
 * A line of an invoice as the API shows it. While there is no tax, what depends on it is 0, because the API's types
 * know no null; the invoice's status says what to think of it. Two fields are extensions: `tax_included`, and
 * `included_taxes_amount_cents` for the tax that the amount already contains.
 */
export function toFeeObject(fee: Fee, invoice: Invoice) {
  const taxes = fee.taxes.getItems();
  const preTaxAmount = fee.preTaxAmountCents ?? 0;
  return {
    lago_id: fee.id,
    lago_invoice_id: invoice.id,
    lago_charge_id: null,
    lago_charge_filter_id: null,
    lago_fixed_charge_id: null,
    lago_subscription_id: null,
    lago_true_up_fee_id: null,
    lago_true_up_parent_fee_id: null,
    lago_customer_id: invoice.customer.id,
    external_customer_id: invoice.customer.externalId,
    external_subscription_id: null,
    item: {
      type: 'add_on' as const,
      code: fee.addOnCode,
      name: fee.addOnName,
      description: fee.description ?? null,
      invoice_display_name: fee.invoiceDisplayName,
      lago_item_id: fee.addOn.id,
      item_type: 'AddOn' as const,
    },
    description: fee.description ?? null,
    units: fee.units,
    total_aggregated_units: fee.units,
    precise_unit_amount: toDecimalString(fee.unitAmountCents, invoice.currency),
    amount_cents: fee.amountCents,
    amount_currency: invoice.currency,
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
    total_amount_currency: invoice.currency,
    pay_in_advance: false,
    invoiceable: true,
    events_count: null,
    payment_status: 'pending' as const,
    from_date: fee.fromDatetime?.toISOString() ?? null,
    to_date: fee.toDatetime?.toISOString() ?? null,
    created_at: fee.createdAt.toISOString(),
    succeeded_at: null,
    failed_at: null,
    refunded_at: null,
    applied_taxes: taxes.map((tax) => toFeeTaxObject(tax, fee.id, invoice.currency)),
  };
}

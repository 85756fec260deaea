import type { AddOn } from '../../billing/index.js';

/** An add-on as the API shows it. It has no taxes of its own: those are the strategy's business. */
export function toAddOnObject(addOn: AddOn) {
  return {
    lago_id: addOn.id,
    code: addOn.code,
    name: addOn.name,
    invoice_display_name: addOn.invoiceDisplayName ?? null,
    description: addOn.description ?? null,
    amount_cents: addOn.amountCents,
    amount_currency: addOn.amountCurrency,
    taxes: [],
    created_at: addOn.createdAt.toISOString(),
  };
}

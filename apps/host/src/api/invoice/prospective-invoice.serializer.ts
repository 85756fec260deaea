import type { BilledSubscriptions, CustomerIntegration, Invoice } from '../../billing/index.js';
import { toWholeInvoiceObject } from './invoice.serializer.js';

/** What is not there has neither an id nor a date of its making. */
const NOT_THERE = { lago_id: null, created_at: null } as const;

/** An invoice as it would be. What is the host's own to give, such as ids and a number, is null. */
export function toProspectiveInvoiceObject(
  invoice: Invoice,
  integrations?: readonly CustomerIntegration[],
  billed?: BilledSubscriptions,
  isCustomerKnown = true,
) {
  const shown = toWholeInvoiceObject(invoice, integrations, billed);
  const nobody = { ...NOT_THERE, external_id: null, sequential_id: null, slug: null, updated_at: null };
  return {
    ...shown,
    ...NOT_THERE,
    number: null,
    sequential_id: null,
    updated_at: null,
    customer: { ...shown.customer, ...(!isCustomerKnown && nobody) },
    fees: shown.fees.map((fee) => ({
      ...fee,
      ...NOT_THERE,
      lago_invoice_id: null,
      tax_status: null,
      applied_taxes: fee.applied_taxes.map((tax) => ({ ...tax, lago_fee_id: null })),
      ...(!isCustomerKnown && { lago_customer_id: null, external_customer_id: null }),
    })),
    applied_taxes: shown.applied_taxes.map((tax) => ({ ...tax, lago_invoice_id: null })),
  };
}

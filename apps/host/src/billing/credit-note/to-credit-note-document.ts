import type { TaxDocument } from '@anrok-nest/tax';
import type { CreditNote } from './credit-note.entity.js';

/**
 * A credit note in the words of tax: what it takes back is below zero, and taxed as it was on the invoice, at the rates
 * of its day and with the customer as it was taxed.
 */
export function toCreditNoteDocument({ id, currency, issuingDate, invoice, items }: CreditNote): TaxDocument {
  return {
    kind: 'credit_note',
    id,
    currency,
    accountingDate: issuingDate,
    taxDate: invoice.issuingDate,
    creditedInvoiceId: invoice.id,
    // an invoice that can be credited has been taxed
    customer: invoice.taxedCustomer!,
    lines: items.getItems().map((item) => ({
      id: item.id,
      item: { type: item.fee.itemType, id: item.fee.itemCode },
      creditedLineId: item.fee.id,
      amount: -item.amountCents,
      taxIncluded: item.fee.taxIncluded,
    })),
  };
}

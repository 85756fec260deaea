import type { EventEmitter2 } from '@nestjs/event-emitter';
import type { Invoice } from './invoice.entity.js';
import { INVOICE_FAILED, INVOICE_TAXED, InvoiceFailed, InvoiceTaxed } from './invoice.event.js';
import type { InvoiceStatus } from './invoice-status.js';

/**
 * Tells what has become of an invoice's tax, if that is news. Inside the transaction that writes it, and after the
 * flush, so that listeners read what is told.
 *
 * @param before the invoice's status before
 */
export async function tellTaxOutcome(events: EventEmitter2, invoice: Invoice, before: InvoiceStatus): Promise<void> {
  const { id, status, customer } = invoice;
  if (status === before) return;
  if (status === 'finalized') await events.emitAsync(INVOICE_TAXED, new InvoiceTaxed(id, customer.externalId));
  if (status === 'failed') await events.emitAsync(INVOICE_FAILED, new InvoiceFailed(id, customer.externalId));
}

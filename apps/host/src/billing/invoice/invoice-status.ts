/**
 * `finalizing`: issued, and its tax is on the way. `finalized`: has its tax. `failed`: there is no tax, for a reason
 * that its error details name.
 */
export const INVOICE_STATUSES = ['finalizing', 'finalized', 'failed'] as const;
export type InvoiceStatus = (typeof INVOICE_STATUSES)[number];

/** What can happen to an issued invoice. */
export type InvoiceEvent = 'taxed' | 'taxDelayed' | 'taxFailed' | 'retried';

const NEXT: Record<InvoiceStatus, Partial<Record<InvoiceEvent, InvoiceStatus>>> = {
  finalizing: { taxed: 'finalized', taxDelayed: 'finalizing', taxFailed: 'failed' },
  failed: { taxed: 'finalized', taxDelayed: 'finalizing', taxFailed: 'failed', retried: 'finalizing' },
  // its customer has it: no late problem takes it back
  finalized: { taxed: 'finalized' },
};

/** The status after an event, or undefined where the event can't happen. */
export function nextStatus(status: InvoiceStatus, event: InvoiceEvent): InvoiceStatus | undefined {
  return NEXT[status][event];
}

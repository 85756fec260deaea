/**
 * `draft`: may still change; its tax is an estimate. `finalizing`: issued, and its tax is on the way. `finalized`: has
 * its tax. `failed`: issued, and there is no tax, for a reason that its error details name. `voided`: counts no more.
 */
export const INVOICE_STATUSES = ['draft', 'finalizing', 'finalized', 'failed', 'voided'] as const;
export type InvoiceStatus = (typeof INVOICE_STATUSES)[number];

/** What can happen to an invoice. */
export type InvoiceEvent = 'issued' | 'taxed' | 'taxDelayed' | 'taxFailed' | 'retried' | 'voided';

const NEXT: Record<InvoiceStatus, Partial<Record<InvoiceEvent, InvoiceStatus>>> = {
  draft: { issued: 'finalizing' },
  finalizing: { taxed: 'finalized', taxDelayed: 'finalizing', taxFailed: 'failed' },
  failed: { taxed: 'finalized', taxDelayed: 'finalizing', taxFailed: 'failed', retried: 'finalizing' },
  // its customer has it: no late problem takes it back
  finalized: { taxed: 'finalized', voided: 'voided' },
  // taxes that were on their way change what it says, not what it is
  voided: { taxed: 'voided' },
};

/** Whether the payment of an invoice can have been disputed. */
export function isDisputable(status: InvoiceStatus): boolean {
  return status === 'finalized' || status === 'voided';
}

/** The status after an event, or undefined where the event can't happen. */
export function nextStatus(status: InvoiceStatus, event: InvoiceEvent): InvoiceStatus | undefined {
  return NEXT[status][event];
}

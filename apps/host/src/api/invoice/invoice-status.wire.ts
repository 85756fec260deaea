import type { InvoiceStatus } from '../../billing/index.js';

/** What callers call an invoice's status. */
export const WIRE_STATUSES = ['draft', 'pending', 'finalized', 'failed', 'voided'] as const;
export type WireStatus = (typeof WIRE_STATUSES)[number];

const WIRE = {
  draft: 'draft',
  finalizing: 'pending',
  finalized: 'finalized',
  failed: 'failed',
  voided: 'voided',
} as const satisfies Record<InvoiceStatus, WireStatus>;

export function toWireStatus(status: InvoiceStatus): WireStatus {
  return WIRE[status];
}

/** The statuses that a word stands for. */
export function fromWireStatus(word: WireStatus): InvoiceStatus[] {
  return (Object.keys(WIRE) as InvoiceStatus[]).filter((status) => WIRE[status] === word);
}

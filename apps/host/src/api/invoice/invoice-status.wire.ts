import type { InvoiceStatus } from '../../billing/index.js';

/** What callers call an invoice's status. Some of their words name states that this billing doesn't have. */
export const WIRE_STATUSES = ['draft', 'pending', 'finalized', 'failed', 'voided'] as const;
export type WireStatus = (typeof WIRE_STATUSES)[number];

const WIRE = { finalizing: 'pending', finalized: 'finalized', failed: 'failed' } as const satisfies Record<
  InvoiceStatus,
  WireStatus
>;

export function toWireStatus(status: InvoiceStatus): WireStatus {
  return WIRE[status];
}

/** The statuses that a word stands for: none, where no invoice can be in it. */
export function fromWireStatus(word: WireStatus): InvoiceStatus[] {
  return (Object.keys(WIRE) as InvoiceStatus[]).filter((status) => WIRE[status] === word);
}

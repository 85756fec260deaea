import { describe, expect, it } from '@jest/globals';
import { INVOICE_STATUSES, type InvoiceEvent, nextStatus } from './invoice-status.js';

const EVENTS: InvoiceEvent[] = ['taxed', 'taxDelayed', 'taxFailed', 'retried'];

describe('the status of an invoice', () => {
  it('moves by this table and by no other', () => {
    const table = INVOICE_STATUSES.map((status) => [
      status,
      ...EVENTS.map((event) => nextStatus(status, event) ?? '-'),
    ]);
    expect(table).toEqual([
      ['finalizing', 'finalized', 'finalizing', 'failed', '-'],
      ['finalized', 'finalized', '-', '-', '-'],
      ['failed', 'finalized', 'finalizing', 'failed', 'finalizing'],
    ]);
  });
});

import { describe, expect, it } from '@jest/globals';
import { INVOICE_STATUSES, type InvoiceEvent, nextStatus } from './invoice-status.js';

const EVENTS: InvoiceEvent[] = ['issued', 'taxed', 'taxDelayed', 'taxFailed', 'retried', 'voided'];

describe('the status of an invoice', () => {
  it('moves by this table and by no other', () => {
    const table = INVOICE_STATUSES.map((status) => [
      status,
      ...EVENTS.map((event) => nextStatus(status, event) ?? '-'),
    ]);
    expect(table).toEqual([
      ['draft', 'finalizing', '-', '-', '-', '-', '-'],
      ['finalizing', '-', 'finalized', 'finalizing', 'failed', '-', '-'],
      ['finalized', '-', 'finalized', '-', '-', '-', 'voided'],
      ['failed', '-', 'finalized', 'finalizing', 'failed', 'finalizing', '-'],
      ['voided', '-', 'voided', '-', '-', '-', '-'],
    ]);
  });
});

import { describe, expect, it } from '@jest/globals';
import { type CreditNoteEvent, type CreditNoteStatus, nextStatus } from './credit-note-status.js';

const STATUSES: CreditNoteStatus[] = ['finalizing', 'finalized', 'failed', 'voided'];
const EVENTS: CreditNoteEvent[] = ['taxed', 'taxDelayed', 'taxFailed', 'voided'];

describe('the status of a credit note', () => {
  it('moves by this table and by no other', () => {
    const table = STATUSES.map((status) => [status, ...EVENTS.map((event) => nextStatus(status, event) ?? '-')]);
    expect(table).toEqual([
      ['finalizing', 'finalized', 'finalizing', 'failed', 'voided'],
      ['finalized', 'finalized', '-', '-', 'voided'],
      ['failed', 'finalized', 'finalizing', 'failed', 'voided'],
      ['voided', 'voided', '-', '-', '-'],
    ]);
  });
});

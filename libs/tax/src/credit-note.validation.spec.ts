import { describe, expect, it } from '@jest/globals';
import { assertTaxDocument } from './tax-document.validation.js';
import { aLine, anInvoice } from './testing/document.builder.js';

const aCreditNote = (lines = [aLine({ amount: -500, creditedLineId: 'line-1' })], creditedInvoiceId?: string) =>
  anInvoice({ kind: 'credit_note', id: 'cn-1', creditedInvoiceId: creditedInvoiceId ?? 'inv-1', lines });
const refusal = (field: string) =>
  expect.objectContaining({ problem: expect.objectContaining({ details: { field } }) });

describe('a credit note', () => {
  it('takes back parts of the lines of one invoice', () => {
    expect(() => assertTaxDocument(aCreditNote())).not.toThrow();
  });

  it.each([
    ['names its invoice', aCreditNote(undefined, ''), 'creditedInvoiceId'],
    ['names the line that each line credits', aCreditNote([aLine({ amount: -1 })]), 'lines[0].creditedLineId'],
    ['charges nothing', aCreditNote([aLine({ amount: 1, creditedLineId: 'line-1' })]), 'lines[0].amount'],
    [
      'credits a line once',
      aCreditNote([
        aLine({ id: 'a', amount: -1, creditedLineId: 'line-1' }),
        aLine({ id: 'b', amount: -1, creditedLineId: 'line-1' }),
      ]),
      'lines',
    ],
  ])('%s', (_, document, field) => {
    expect(() => assertTaxDocument(document)).toThrow(refusal(field));
  });

  it('is the only document that credits an invoice', () => {
    expect(() => assertTaxDocument(anInvoice({ creditedInvoiceId: 'inv-0' }))).toThrow(refusal('creditedInvoiceId'));
  });
});

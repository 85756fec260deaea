import { describe, expect, it } from '@jest/globals';
import type { TaxDocument } from './tax-document.js';
import { assertTaxDocument } from './tax-document.validation.js';
import { aLine, anInvoice } from './testing/index.js';

describe('a tax document', () => {
  it('may have no lines, a tax date and a quantity with decimals', () => {
    expect(() => assertTaxDocument(anInvoice({ lines: [], taxDate: '2024-02-29' }))).not.toThrow();
    expect(() => assertTaxDocument(anInvoice({ lines: [aLine({ quantity: '12.3' })] }))).not.toThrow();
  });

  it.each<[string, Partial<TaxDocument>]>([
    ['id', { id: ' ' }],
    ['customer.id', { customer: { id: '', taxIds: [] } }],
    ['customer.account.code', { customer: { id: '1', taxIds: [], account: { strategy: 'anrok', code: '' } } }],
    ['accountingDate', { accountingDate: '2026-13-01' }],
    ['accountingDate', { accountingDate: '2026-1-1' }],
    ['taxDate', { taxDate: '2026-06-31' }],
    ['lines[1].item.id', { lines: [aLine(), aLine({ id: '2', item: { type: 'add_on', id: '' } })] }],
    ['lines[0].quantity', { lines: [aLine({ quantity: 'many' })] }],
    ['lines', { lines: [aLine(), aLine()] }],
  ])('names %s when that is wrong', (field, wrong) => {
    expect(() => assertTaxDocument(anInvoice(wrong))).toThrow(
      expect.objectContaining({
        code: 'invalid_tax_document',
        problem: expect.objectContaining({ details: { field } }),
      }),
    );
  });

  it('has amounts whose sum is exact', () => {
    const lines = [aLine({ amount: Number.MAX_SAFE_INTEGER }), aLine({ id: '2', amount: 1 })];
    expect(() => assertTaxDocument(anInvoice({ lines }))).toThrow(expect.objectContaining({ code: 'invalid_amount' }));
  });
});

import { NOT_TAXED_REASONS } from '@anrok-nest/tax';
import { describe, expect, it } from '@jest/globals';
import { toAppliedTax } from './applied-tax.js';

const tax = {
  name: 'Denver (local)',
  taxName: 'Tax',
  rate: '0.0481',
  taxableAmount: '10000',
  taxAmount: 481,
  treatment: 'collected' as const,
};
const names = (changes: object) => {
  const { name, code } = toAppliedTax({ ...tax, ...changes }, 0);
  return [name, code];
};

describe('an applied tax', () => {
  it.each([
    [{}, ['Denver (local) Tax', 'denver_local_tax']],
    [{ name: 'Germany', taxName: 'VAT' }, ['Germany VAT', 'germany_vat']],
    [{ name: 'Québec', taxName: 'QST' }, ['Québec QST', 'québec_qst']],
    [{ name: 'Colorado', taxName: '', treatment: 'paidBySeller' }, ['Colorado Tax', 'colorado_tax']],
    [{ taxName: '', treatment: 'notTaxed', notTaxedReason: 'reverseCharge' }, ['Reverse charge', 'reverse_charge']],
    [{ treatment: 'notTaxed', notTaxedReason: 'other' }, ['Not taxed', 'unknown_taxation']],
  ])('is called, for %j, %j', (changes, expected) => {
    expect(names(changes)).toEqual(expected);
  });

  it('has a name of its own for every reason why there is none', () => {
    const all = NOT_TAXED_REASONS.map((notTaxedReason) => names({ treatment: 'notTaxed', notTaxedReason }));
    expect(new Set(all.map(String)).size).toBe(NOT_TAXED_REASONS.length);
  });
});

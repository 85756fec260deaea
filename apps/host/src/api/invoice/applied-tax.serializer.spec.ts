import { describe, expect, it } from '@jest/globals';
import { FeeTax } from '../../billing/index.js';
import { toFeeTaxObject, toPercent } from './applied-tax.serializer.js';

const shown = (changes: Partial<FeeTax>) =>
  toFeeTaxObject(
    Object.assign(new FeeTax(), {
      name: 'Colorado Tax',
      code: 'colorado_tax',
      jurisdiction: 'Colorado',
      rate: '0.029',
      amountCents: 290,
      taxableAmount: '10000',
      treatment: 'collected',
      createdAt: new Date(0),
      ...changes,
    }),
    'fee-1',
    'USD',
  );

describe('a tax in the API', () => {
  it('has its rate in percent', () => {
    expect(shown({})).toMatchObject({ tax_rate: 2.9, amount_cents: 290, tax_description: null });
  });

  it('asks nothing of the customer when the seller bears it', () => {
    expect(shown({ treatment: 'paidBySeller' })).toMatchObject({
      tax_rate: 0,
      amount_cents: 0,
      tax_description: 'Paid by the seller',
      treatment: 'paidBySeller',
    });
  });

  it('says why there is none, in the words of the strategy where the reason is an unknown one', () => {
    const none = { treatment: 'notTaxed', rate: '0', amountCents: 0 } as const;
    expect(shown({ ...none, notTaxedReason: 'other', notTaxedDetail: 'diplomat' })).toMatchObject({
      tax_description: 'diplomat',
      not_taxed_reason: 'other',
    });
  });
});

describe('toPercent', () => {
  it.each([
    ['0.0481', 4.81],
    ['0.07', 7],
    ['0.1', 10],
    ['0', 0],
  ])('makes %s %d %', (rate, percent) => expect(toPercent(rate)).toBe(percent));
});

import { describe, expect, it } from '@jest/globals';
import { readKnownAnswer, toKnownAnswer } from './known-answer.js';

const lines = [{ id: 'line-1', amount: 1_000, taxIncluded: false, kind: 'saas' }];
const tax = { taxName: 'Tax', taxRate: '0.1', taxableAmount: '1000', taxAmount: '100' };
const answer = {
  taxAmountToCollect: 100,
  preTaxAmount: '1000',
  jurisSummaries: [],
  lineItems: [
    {
      id: 'line-1',
      taxAmountToCollect: 100,
      preTaxAmount: '1000',
      jurises: [
        { name: 'State', taxes: [tax], notTaxedReason: null },
        { name: 'City', taxes: null, notTaxedReason: { type: 'productNotTaxed', reason: null } },
      ],
    },
  ],
};
const known = toKnownAnswer({ lines }, [answer], ['a', 'b'], new Date(1_000));

describe('a known answer', () => {
  it('is the same after it was stored as JSON', () => {
    expect(readKnownAnswer(JSON.parse(JSON.stringify(known)))).toEqual(known);
  });

  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['text', 'answer'],
    ['another version', { ...known, version: 2 }],
    ['no version', { ...known, version: undefined }],
    ['an amount that is no whole number', { ...known, lines: [{ ...known.lines[0], amount: 1.5 }] }],
    [
      'a rate that is no decimal',
      {
        ...known,
        lines: [
          {
            ...known.lines[0],
            answer: {
              ...known.lines[0]!.answer,
              jurises: [{ name: 'State', taxes: [{ ...tax, taxRate: 'NaN' }], notTaxedReason: null }],
            },
          },
        ],
      },
    ],
  ])('is not read from %s', (_, stored) => {
    expect(readKnownAnswer(stored)).toBeUndefined();
  });

  it('has the tax of the whole document on its lines, should Anrok round it differently from them', () => {
    const { lines: kept } = toKnownAnswer({ lines }, [{ ...answer, taxAmountToCollect: 101 }], [], new Date());
    expect(kept[0]?.answer.taxAmountToCollect).toBe(101);
  });
});

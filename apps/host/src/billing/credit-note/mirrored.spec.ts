import { describe, expect, it } from '@jest/globals';
import { FlatRateTaxStrategy } from '@anrok-nest/tax';
import { aLine, anInvoice, anyInvoice } from '@anrok-nest/tax/testing';
import fc from 'fast-check';
import { mirrored } from './mirrored.js';

describe('a mirrored calculation', () => {
  const strategy = new FlatRateTaxStrategy({ rate: '0.07' });

  it('is the calculation of the opposite document', async () => {
    await fc.assert(
      fc.asyncProperty(anyInvoice, async (sale) => {
        const credit = { ...sale, lines: sale.lines.map((line) => ({ ...line, amount: -line.amount })) };
        const calculation = await strategy.estimate(sale);
        expect(mirrored(await strategy.estimate(credit))).toEqual(calculation);
        expect(mirrored(mirrored(calculation))).toEqual(calculation);
      }),
    );
  });

  it('has no zero below zero', async () => {
    const nothing = await new FlatRateTaxStrategy({ rate: '0' }).estimate(anInvoice({ lines: [aLine()] }));
    expect(mirrored(nothing)).toMatchObject({
      taxAmountToCollect: 0,
      lines: [
        { taxIncludedAmount: 0, jurisdictions: [{ taxAmount: 0, exactTaxAmount: '0', taxableAmount: '-10000' }] },
      ],
    });
  });
});

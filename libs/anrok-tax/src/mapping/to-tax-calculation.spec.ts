import { describe, expect, it } from '@jest/globals';
import type { AnrokComputedJuris, AnrokComputedTransaction } from '@anrok-nest/client';
import { sumOf } from '@anrok-nest/tax';
import { aLine, anInvoice, expectToAddUp } from '@anrok-nest/tax/testing';
import fc from 'fast-check';
import { toCollectable, toTaxCalculation } from './to-tax-calculation.js';

const taxed = (name: string, taxRate: string, taxableAmount: string, taxAmount: string): AnrokComputedJuris => ({
  name,
  taxes: [{ taxName: 'Tax', taxRate, taxableAmount, taxAmount }],
  notTaxedReason: null,
});
const untaxed = (name: string, type: string, reason?: string): AnrokComputedJuris => ({
  name,
  taxes: null,
  notTaxedReason: { type, reason: reason === undefined ? null : { type: reason } },
});
const silent = (taxes: [] | null): AnrokComputedJuris => ({ name: 'Texas', taxes, notTaxedReason: null });
const line = (id: string, taxAmountToCollect: number, preTaxAmount: string, ...jurises: AnrokComputedJuris[]) => ({
  id,
  taxAmountToCollect,
  preTaxAmount,
  jurises,
});
const answer = (...lineItems: AnrokComputedTransaction['lineItems']): AnrokComputedTransaction => ({
  lineItems,
  taxAmountToCollect: lineItems.reduce((sum, one) => sum + one.taxAmountToCollect, 0),
  preTaxAmount: '0',
  jurisSummaries: [],
});

describe('toTaxCalculation', () => {
  it('takes the tax that Anrok said to collect, and rounds only its breakdown', () => {
    const document = anInvoice({ lines: [aLine({ amount: 15_000 })] });
    const calculation = toTaxCalculation(document, [
      answer(
        line(
          'line-1',
          722,
          '15000',
          untaxed('Colorado', 'productNotTaxed'),
          taxed('Denver', '0.0481', '15000', '721.5'),
        ),
      ),
    ]);
    expect(calculation).toMatchObject({ taxAmountToCollect: 722, totalAmount: 15_722 });
    expect(calculation.lines[0]?.jurisdictions).toEqual([
      {
        name: 'Denver',
        taxName: 'Tax',
        rate: '0.0481',
        taxableAmount: '15000',
        exactTaxAmount: '721.5',
        taxAmount: 722,
        treatment: 'collected',
      },
      expect.objectContaining({ name: 'Colorado', treatment: 'notTaxed', notTaxedReason: 'productNotTaxed' }),
    ]);
    expectToAddUp(document, calculation, 'anrok');
  });

  it('takes the tax out of a price that includes it', () => {
    const document = anInvoice({ lines: [aLine({ amount: 31_000, taxIncluded: true })] });
    const calculation = toTaxCalculation(document, [
      answer(line('line-1', 0, '29577.3304', taxed('Denver', '0.0481', '29577.3304', '1422.6696'))),
    ]);
    expect(calculation).toMatchObject({ preTaxAmount: 29_577, taxIncludedAmount: 1_423, totalAmount: 31_000 });
    expectToAddUp(document, calculation, 'anrok');
  });

  it('shows tax that the seller pays without charging it', () => {
    const document = anInvoice();
    const calculation = toTaxCalculation(document, [
      answer(
        line('line-1', 400, '10000', taxed('Alabama', '0.04', '10000', '400'), taxed('City', '0.04', '10000', '400')),
      ),
    ]);
    expect(calculation.taxAmountToCollect).toBe(400);
    expect(calculation.lines[0]?.jurisdictions.map((tax) => tax.treatment)).toEqual(['collected', 'paidBySeller']);
    expectToAddUp(document, calculation, 'anrok');
  });

  it.each([
    [untaxed('DE', 'exempt', 'reverseCharge'), { notTaxedReason: 'reverseCharge' }],
    [untaxed('TX', 'exempt', 'customerExempt'), { notTaxedReason: 'customerExempt' }],
    [untaxed('TX', 'exempt'), { notTaxedReason: 'exempt' }],
    [untaxed('OR', 'jurisHasNoTax'), { notTaxedReason: 'jurisHasNoTax' }],
    [untaxed('FL', 'notCollecting'), { notTaxedReason: 'notCollecting' }],
    [untaxed('XX', 'exempt', 'moonlight'), { notTaxedReason: 'other', notTaxedDetail: 'moonlight' }],
  ])('keeps the reason why there is no tax: %j', (juris, reason) => {
    const calculation = toTaxCalculation(anInvoice(), [answer(line('line-1', 0, '10000', juris))]);
    expect(calculation.lines[0]?.jurisdictions).toEqual([expect.objectContaining({ name: juris.name, ...reason })]);
  });

  it('joins the answers to a document that was split, by line id', () => {
    const lines = [aLine({ id: 'a', amount: 100 }), aLine({ id: 'b', amount: 200 }), aLine({ id: 'c', amount: 0 })];
    const calculation = toTaxCalculation(anInvoice({ lines }), [
      answer(line('b', 20, '200', taxed('X', '0.1', '200', '20'))),
      answer(line('a', 10, '100', taxed('X', '0.1', '100', '10'))),
    ]);
    expect(calculation.lines.map((one) => one.taxAmountToCollect)).toEqual([10, 20, 0]);
  });

  it('trusts the total where Anrok rounds it differently from its lines', () => {
    const lines = [aLine({ id: 'a', amount: 1050 }), aLine({ id: 'b', amount: 1050 })];
    const tax = taxed('X', '0.08125', '1050', '85.3125');
    const answered = { ...answer(line('a', 85, '1050', tax), line('b', 85, '1050', tax)), taxAmountToCollect: 171 };
    const calculation = toTaxCalculation(anInvoice({ lines }), [answered]);
    expect(calculation.taxAmountToCollect).toBe(171);
    expectToAddUp(anInvoice({ lines }), calculation, 'anrok');
  });

  it('keeps lines that cancel out as they are', () => {
    const lines = [aLine({ id: 'a', amount: 100 }), aLine({ id: 'b', amount: -100 })];
    const calculation = toTaxCalculation(anInvoice({ lines }), [
      answer(
        line('a', 10, '100', taxed('X', '0.1', '100', '10')),
        line('b', -10, '-100', taxed('X', '0.1', '-100', '-10')),
      ),
    ]);
    expect(calculation.lines.map((one) => one.taxAmountToCollect)).toEqual([10, -10]);
  });

  it.each([
    ['lacks a line', answer()],
    ['is about another amount', answer(line('line-1', 0, '9000', untaxed('X', 'productNotTaxed')))],
    ['has tax that nobody levies', answer(line('line-1', 500, '10000', untaxed('X', 'productNotTaxed')))],
    ['has no jurisdiction at all', answer(line('line-1', 0, '10000'))],
    ['has a jurisdiction without a word', answer(line('line-1', 0, '10000', silent(null)))],
    ['has a jurisdiction with a list of no taxes', answer(line('line-1', 0, '10000', silent([])))],
    [
      'has a jurisdiction without a word beside one that taxes',
      answer(line('line-1', 500, '10000', taxed('X', '0.05', '10000', '500'), silent(null))),
    ],
    [
      'taxes and credits a line at once',
      answer(line('line-1', 2, '10000', taxed('X', '0.1', '10000', '1000'), taxed('Y', '-0.0999', '10000', '-999'))),
    ],
    [
      'collects what no line does',
      { ...answer(line('line-1', 0, '10000', untaxed('X', 'notCollecting'))), taxAmountToCollect: 1 },
    ],
    ['collects on no line', { ...answer(), taxAmountToCollect: 1 }],
  ])('refuses an answer that %s, rather than taxing nothing', (_, wrong) => {
    expect(() => toTaxCalculation(anInvoice(), [wrong])).toThrow(
      expect.objectContaining({ code: 'anrok_answer_does_not_fit' }),
    );
  });
});

describe('toCollectable', () => {
  const levied = (tax: number) => taxed('Denver', '0.0481', '0', String(tax));
  const collected = (total: number, ...own: number[]) =>
    toCollectable({
      ...answer(...own.map((tax, index) => line(`line-${index}`, Math.round(tax), '0', levied(tax)))),
      taxAmountToCollect: total,
    }).map(({ taxAmountToCollect }) => taxAmountToCollect);

  it.each([
    [171, [85, 85], [86, 85]],
    [2, [1_000, -999], [1_001, -999]],
    [1, [1_000, -1_000], [1_001, -1_000]],
    [-171, [-85, -85], [-86, -85]],
    [12, [0, 10, 0], [0, 12, 0]],
    [1, [0.2, 0.4, 0.3], [0, 1, 0]],
  ])('makes the total %i of lines of %j: %j', (total, own, taxes) => {
    expect(collected(total, ...own)).toEqual(taxes);
  });

  it('adds up to the total exactly, and moves no line by more than the difference, nor one without tax at all', () => {
    const tax = fc.oneof(fc.constant(0), fc.integer({ min: -100_000, max: 100_000 }));
    fc.assert(
      fc.property(fc.array(tax, { minLength: 1 }), fc.integer({ min: -50, max: 50 }), (own, difference) => {
        fc.pre(own.some((one) => one !== 0));
        const total = sumOf([...own, difference]);
        const taxes = collected(total, ...own);
        expect(sumOf(taxes)).toBe(total);
        taxes.forEach((moved, index) => {
          expect(Math.abs(moved - own[index]!)).toBeLessThanOrEqual(own[index] === 0 ? 0 : Math.abs(difference));
        });
      }),
    );
  });
});

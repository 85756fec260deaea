import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Decimal, isDecimalString } from '../decimal.js';
import { sumOf } from '../money.js';
import type { TaxCalculation, TaxedLine } from '../tax-calculation.js';
import type { TaxDocument } from '../tax-document.js';
import { ESTIMATE_PURPOSES, type TaxStrategy } from '../tax-strategy.js';
import { aLine, anInvoice } from './document.builder.js';
import { anyInvoice } from './tax-document.arbitrary.js';

export interface TaxStrategyUnderTest {
  readonly strategy: TaxStrategy;
  /** Runs `work` where `settle` may be called: inside the host's transaction, where it needs one. */
  settling<T>(work: () => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/**
 * What every TaxStrategy must hold. `start` brings a strategy that applies to customer `cus-1` and knows the item
 * `add_on/setup`.
 */
export function describeTaxStrategy(name: string, start: () => Promise<TaxStrategyUnderTest>, runs = 100): void {
  describe(`${name} keeps the contract of a tax strategy`, () => {
    let tested: TaxStrategyUnderTest;
    let strategy: TaxStrategy;
    beforeAll(async () => {
      tested = await start();
      strategy = tested.strategy;
    });
    afterAll(() => tested.close());

    it('applies to the customer that it was set up for', async () => {
      await expect(strategy.appliesTo({ id: 'cus-1' })).resolves.toBe(true);
    });

    it('answers for any invoice in amounts that add up exactly', async () => {
      await fc.assert(
        fc.asyncProperty(anyInvoice, async (document) =>
          expectToAddUp(document, await strategy.estimate(document), strategy.code),
        ),
        { numRuns: runs },
      );
    });

    it('taxes a credit as the mirror image of the sale', async () => {
      const sale = [aLine({ id: 'a', amount: 1050 }), aLine({ id: 'b', amount: 3333, taxIncluded: true })];
      const credit = sale.map((line) => ({ ...line, amount: -line.amount }));
      const sold = await strategy.estimate(anInvoice({ lines: sale }));
      const credited = await strategy.estimate(anInvoice({ lines: credit }));
      expect(sumOf([sold.totalAmount, credited.totalAmount])).toBe(0);
      expect(sumOf([sold.taxAmountToCollect, credited.taxAmountToCollect])).toBe(0);
      expect(sumOf([sold.taxIncludedAmount, credited.taxIncludedAmount])).toBe(0);
    });

    it('gives the same answer to the same question', async () => {
      const document = anInvoice({ lines: [aLine({ amount: 12_345 })] });
      expect(await strategy.estimate(document)).toEqual(await strategy.estimate(structuredClone(document)));
    });

    it.each(ESTIMATE_PURPOSES)('answers a new question exactly, for the purpose %s too', async (purpose) => {
      const document = anInvoice({ currency: 'EUR', lines: [aLine({ amount: 4_321 })] });
      const calculation = await strategy.estimate(document, { purpose });
      expectToAddUp(document, calculation, strategy.code);
      expect(calculation).toEqual(await strategy.estimate(document));
      expect(calculation.accuracy).toBe('exact');
    });

    it.each(['usage', 'wallet'] as const)('answers for %s in amounts that add up, as they grow', async (purpose) => {
      for (const amount of [1, 99, 10_050, -250]) {
        const document = anInvoice({ lines: [aLine({ amount }), aLine({ id: 'line-2', amount, taxIncluded: true })] });
        expectToAddUp(document, await strategy.estimate(document, { purpose }), strategy.code);
      }
    });

    it('leaves the document as it was', async () => {
      const document = anInvoice({ lines: [aLine(), aLine({ id: 'line-2', taxIncluded: true })] });
      const before = structuredClone(document);
      await strategy.estimate(document);
      expect(document).toEqual(before);
    });

    it('says of every taxed line who taxes it, or why nobody does', async () => {
      const { lines } = await strategy.estimate(anInvoice());
      for (const line of lines) {
        expect(line.jurisdictions).not.toHaveLength(0);
        for (const tax of line.jurisdictions)
          expect(tax.notTaxedReason !== undefined).toBe(tax.treatment === 'notTaxed');
      }
    });

    it.each([
      ['a fraction of a cent', { lines: [aLine({ amount: 10.5 })] }, 'invalid_amount'],
      ['two lines with one id', { lines: [aLine(), aLine()] }, 'invalid_tax_document'],
      ['an unknown currency', { currency: 'ZZZ' }, 'unknown_currency'],
      ['a date that does not exist', { accountingDate: '2026-02-30' }, 'invalid_tax_document'],
    ])('refuses %s', async (_, wrong, code) => {
      await expect(strategy.estimate(anInvoice(wrong))).rejects.toMatchObject({ code });
    });

    it('estimates a credit note as it settles it, or refuses to where it settles later', async () => {
      const lines = [aLine({ amount: -4_321, creditedLineId: 'line-1' })];
      const note = anInvoice({ kind: 'credit_note', id: 'note-1', creditedInvoiceId: 'inv-1', lines });
      if (strategy.capabilities.settles === 'later')
        return expect(strategy.estimate(note)).rejects.toMatchObject({ code: 'invalid_tax_document' });
      const calculation = await strategy.estimate(note);
      expect(await tested.settling(() => strategy.settle(note))).toEqual({ status: 'settled', calculation });
    });

    it('settles when it said it would', async () => {
      const settlement = await tested.settling(() => strategy.settle(anInvoice()));
      expect(settlement.status).toBe(strategy.capabilities.settles === 'now' ? 'settled' : 'accepted');
      if (settlement.status !== 'settled') return;
      expect(settlement.calculation.accuracy).toBe('exact');
      expect(settlement.calculation).toEqual(await strategy.estimate(anInvoice()));
    });
  });
}

/** The invariants that TaxCalculation states. */
export function expectToAddUp(document: TaxDocument, answer: TaxCalculation, strategy: string): void {
  expect(answer).toMatchObject({ strategy, currency: document.currency });
  expect(['exact', 'estimated', 'stale']).toContain(answer.accuracy);
  expect(answer.lines.map(({ id, amount }) => ({ id, amount }))).toEqual(
    document.lines.map(({ id, amount }) => ({ id, amount: amount === 0 ? 0 : amount })),
  );
  for (const line of answer.lines) expectLineToAddUp(line);
  const total = (amount: (line: TaxedLine) => number) => sumOf(answer.lines.map(amount));
  expect(answer.preTaxAmount).toBe(total((line) => line.preTaxAmount));
  expect(answer.taxAmountToCollect).toBe(total((line) => line.taxAmountToCollect));
  expect(answer.taxIncludedAmount).toBe(total((line) => line.taxIncludedAmount));
  expect(answer.totalAmount).toBe(sumOf([answer.preTaxAmount, answer.taxAmountToCollect, answer.taxIncludedAmount]));
}

function expectLineToAddUp(line: TaxedLine): void {
  expect(sumOf([line.preTaxAmount, line.taxIncludedAmount])).toBe(line.amount);
  const taxOf = (treatment: string) =>
    sumOf(line.jurisdictions.filter((tax) => tax.treatment === treatment).map((tax) => tax.taxAmount));
  expect(taxOf('collected')).toBe(line.taxAmountToCollect);
  expect(taxOf('included')).toBe(line.taxIncludedAmount);
  for (const tax of line.jurisdictions) {
    for (const text of [tax.rate, tax.taxableAmount, tax.exactTaxAmount]) expect(isDecimalString(text)).toBe(true);
    // a breakdown is rounded, never rewritten: less than a unit from its share of a total that is rounded itself
    if (tax.treatment === 'collected' || tax.treatment === 'included')
      expect(new Decimal(tax.exactTaxAmount).minus(tax.taxAmount).abs().lt(2)).toBe(true);
  }
}

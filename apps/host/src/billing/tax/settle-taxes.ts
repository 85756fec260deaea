import {
  type TaxDocument,
  TaxError,
  type TaxSettlement,
  type TaxStrategy,
  toCalculation,
  untaxedZeroLine,
} from '@anrok-nest/tax';
import type { EntityManager } from '@mikro-orm/core';
import type { TaxableDocument } from './taxable-document.js';

/**
 * Has a document taxed, in the transaction that issues it: at once, later, or not at all with the reason shown on it.
 *
 * @param choose whose tax it is
 */
export async function settleTaxes(
  em: EntityManager,
  taxable: TaxableDocument,
  choose: () => Promise<TaxStrategy>,
): Promise<void> {
  try {
    // a savepoint: what a strategy wrote before it refused must not be kept with the failed document
    await em.transactional(async () => {
      const settlement = await settle(taxable.document, await choose());
      if (settlement.status === 'settled') taxable.apply(settlement.calculation);
    });
  } catch (error) {
    if (!(error instanceof TaxError)) throw error;
    taxable.report({ ...error.problem, next: 'failed' });
  }
}

async function settle(document: TaxDocument, strategy: TaxStrategy): Promise<TaxSettlement> {
  const { currency, lines } = document;
  if (lines.some((line) => line.amount !== 0)) return strategy.settle(document);
  // there is nothing to tax, and nobody is to be asked for it
  const zeros = lines.map((line) => untaxedZeroLine(line.id));
  return { status: 'settled', calculation: toCalculation(strategy.code, currency, zeros) };
}

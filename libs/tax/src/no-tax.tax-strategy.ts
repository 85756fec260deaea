import type { TaxCalculation, TaxedLine } from './tax-calculation.js';
import type { TaxDocument, TaxableLine } from './tax-document.js';
import { assertTaxDocument } from './tax-document.validation.js';
import { type TaxCapabilities, type TaxSettlement, TaxStrategy } from './tax-strategy.js';
import { toCalculation, untaxedZeroLine } from './tax-totals.js';

/** For sellers that collect no tax. Every line says so: a zero with a reason, not a silent one. */
export class NoTaxStrategy extends TaxStrategy {
  readonly code = 'no_tax';
  readonly capabilities: TaxCapabilities = { settles: 'now', exemptions: false, filing: false };

  async appliesTo(): Promise<boolean> {
    return true;
  }

  async estimate(document: TaxDocument): Promise<TaxCalculation> {
    assertTaxDocument(document);
    return toCalculation(this.code, document.currency, document.lines.map(notCollecting));
  }

  async settle(document: TaxDocument): Promise<TaxSettlement> {
    return { status: 'settled', calculation: await this.estimate(document) };
  }
}

function notCollecting(line: TaxableLine): TaxedLine {
  if (line.amount === 0) return untaxedZeroLine(line.id);
  return {
    id: line.id,
    amount: line.amount,
    preTaxAmount: line.amount,
    taxAmountToCollect: 0,
    taxIncludedAmount: 0,
    jurisdictions: [
      {
        name: 'Everywhere',
        taxName: '',
        rate: '0',
        taxableAmount: '0',
        exactTaxAmount: '0',
        taxAmount: 0,
        treatment: 'notTaxed',
        notTaxedReason: 'notCollecting',
      },
    ],
  };
}

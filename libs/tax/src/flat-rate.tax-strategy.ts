import { Decimal, isDecimalString } from './decimal.js';
import { type MinorUnits, roundToMinorUnits, toMinorUnits } from './money.js';
import type { TaxCalculation, TaxedLine } from './tax-calculation.js';
import type { TaxDocument, TaxableLine } from './tax-document.js';
import { assertTaxDocument } from './tax-document.validation.js';
import { type TaxCapabilities, type TaxSettlement, TaxStrategy } from './tax-strategy.js';
import { toCalculation, untaxedZeroLine } from './tax-totals.js';
import { InvalidAmountError } from './tax.error.js';

export interface FlatRateOptions {
  /** Decimal string between 0 and 1: "0.2" is 20 %. */
  readonly rate: string;
  /** As printed on the invoice. Default "Tax". */
  readonly taxName?: string;
  /** Who gets it. Default "Flat rate". */
  readonly jurisdiction?: string;
}

/** One rate for everything, rounded per line. For sellers in one country, and where no engine is connected. */
export class FlatRateTaxStrategy extends TaxStrategy {
  readonly code = 'flat_rate';
  readonly capabilities: TaxCapabilities = { settles: 'now', exemptions: false, filing: false };
  private readonly rate: Decimal;

  /** @throws InvalidAmountError when the rate is no decimal string from 0 to 1 */
  constructor(private readonly options: FlatRateOptions) {
    super();
    this.rate = isDecimalString(options.rate) ? new Decimal(options.rate) : new Decimal(-1);
    if (this.rate.isNegative() || this.rate.gt(1)) throw new InvalidAmountError('flat tax rate', options.rate);
  }

  async appliesTo(): Promise<boolean> {
    return true;
  }

  async estimate(document: TaxDocument): Promise<TaxCalculation> {
    assertTaxDocument(document);
    const lines = document.lines.map((line) => (line.amount === 0 ? untaxedZeroLine(line.id) : this.taxed(line)));
    return toCalculation(this.code, document.currency, lines);
  }

  async settle(document: TaxDocument): Promise<TaxSettlement> {
    return { status: 'settled', calculation: await this.estimate(document) };
  }

  private taxed(line: TaxableLine): TaxedLine {
    const amount = new Decimal(line.amount);
    const taxable = line.taxIncluded ? amount.dividedBy(this.rate.plus(1)) : amount;
    const exact = line.taxIncluded ? amount.minus(taxable) : taxable.times(this.rate);
    const tax: MinorUnits = roundToMinorUnits(exact);
    return {
      id: line.id,
      amount: line.amount,
      preTaxAmount: toMinorUnits(line.taxIncluded ? line.amount - tax : line.amount),
      taxAmountToCollect: line.taxIncluded ? 0 : tax,
      taxIncludedAmount: line.taxIncluded ? tax : 0,
      jurisdictions: [
        {
          name: this.options.jurisdiction ?? 'Flat rate',
          taxName: this.options.taxName ?? 'Tax',
          rate: this.rate.toFixed(),
          taxableAmount: taxable.toFixed(),
          exactTaxAmount: exact.toFixed(),
          taxAmount: tax,
          treatment: line.taxIncluded ? 'included' : 'collected',
        },
      ],
    };
  }
}

import { Decimal, type MinorUnits, type TaxCalculation, toMinorUnits } from '@anrok-nest/tax';

/** A calculation with all signs turned: what is charged as what is given back, and the other way round. */
export function mirrored(calculation: TaxCalculation): TaxCalculation {
  return {
    ...calculation,
    ...amountsOf(calculation),
    totalAmount: turned(calculation.totalAmount),
    lines: calculation.lines.map((line) => ({
      ...line,
      ...amountsOf(line),
      amount: turned(line.amount),
      jurisdictions: line.jurisdictions.map((tax) => ({
        ...tax,
        taxableAmount: turnedText(tax.taxableAmount),
        exactTaxAmount: turnedText(tax.exactTaxAmount),
        taxAmount: turned(tax.taxAmount),
      })),
    })),
  };
}

type Amounts = Pick<TaxCalculation, 'preTaxAmount' | 'taxAmountToCollect' | 'taxIncludedAmount'>;

function amountsOf({ preTaxAmount, taxAmountToCollect, taxIncludedAmount }: Amounts): Amounts {
  return {
    preTaxAmount: turned(preTaxAmount),
    taxAmountToCollect: turned(taxAmountToCollect),
    taxIncludedAmount: turned(taxIncludedAmount),
  };
}

function turned(amount: MinorUnits): MinorUnits {
  return toMinorUnits(-amount);
}

function turnedText(amount: string): string {
  // a difference, because the negative of 0 is printed as -0
  return new Decimal(0).minus(amount).toFixed();
}

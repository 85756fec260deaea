import {
  Decimal,
  type JurisdictionTax,
  sumOf,
  type TaxCalculation,
  type TaxDocument,
  type TaxedLine,
  toCalculation,
  untaxedZeroLine,
} from '@anrok-nest/tax';
import type { CreditPiece } from './to-credit-transactions.js';

/** The tax of a credit note's lines from the tax of the pieces that Anrok was asked to tax for them. */
export function mergePieces(
  document: Pick<TaxDocument, 'currency' | 'lines'>,
  pieces: readonly CreditPiece[],
  calculation: TaxCalculation,
): TaxCalculation {
  const lineOf = new Map(pieces.map((piece) => [piece.id, piece.lineId]));
  const taxed = Map.groupBy(calculation.lines, (line) => lineOf.get(line.id));
  const lines = document.lines.map((line) => {
    const own = taxed.get(line.id);
    return own ? merged(line.id, own) : untaxedZeroLine(line.id);
  });
  return toCalculation(calculation.strategy, document.currency, lines);
}

function merged(id: string, pieces: readonly TaxedLine[]): TaxedLine {
  const total = (amount: (piece: TaxedLine) => number) => sumOf(pieces.map(amount));
  return {
    id,
    amount: total((piece) => piece.amount),
    preTaxAmount: total((piece) => piece.preTaxAmount),
    taxAmountToCollect: total((piece) => piece.taxAmountToCollect),
    taxIncludedAmount: total((piece) => piece.taxIncludedAmount),
    jurisdictions: mergedJurisdictions(pieces.map((piece) => piece.jurisdictions)),
  };
}

/** Adds up taxes that are alike and stand in the same place: names alone tell no two authorities apart. */
function mergedJurisdictions(pieces: readonly (readonly JurisdictionTax[])[]): JurisdictionTax[] {
  const all = pieces.flatMap((taxes) => taxes.map((tax, place) => ({ tax, key: keyOf(tax, place) })));
  return [...Map.groupBy(all, ({ key }) => key).values()].map((alike) => {
    const taxes = alike.map(({ tax }) => tax);
    return {
      ...taxes[0]!,
      taxableAmount: exactSum(taxes.map((tax) => tax.taxableAmount)),
      exactTaxAmount: exactSum(taxes.map((tax) => tax.exactTaxAmount)),
      taxAmount: sumOf(taxes.map((tax) => tax.taxAmount)),
    };
  });
}

function keyOf({ name, taxName, rate, treatment, notTaxedReason, notTaxedDetail }: JurisdictionTax, place: number) {
  return JSON.stringify([place, name, taxName, rate, treatment, notTaxedReason, notTaxedDetail]);
}

function exactSum(amounts: readonly string[]): string {
  return amounts.reduce((sum, amount) => sum.plus(amount), new Decimal(0)).toFixed();
}

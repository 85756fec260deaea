import {
  Decimal,
  type MinorUnits,
  roundToMinorUnits,
  type TaxCalculation,
  type TaxDocument,
  type TaxedLine,
} from '@anrok-nest/tax';
import { CreditTaxDiffersError } from './mapping.error.js';
import type { CreditPiece } from './to-credit-transactions.js';

/**
 * Refuses a tax on the pieces of a credit note that is another than the one charged. Anrok computes a credit by what is
 * known on the day it is asked: a certificate that came after the invoice has it give back no tax at all.
 *
 * A piece is rounded for itself, and each of its taxes, so that it may differ by a cent for each. It is another tax where
 * it differs by more, and where nothing was charged, or is levied now.
 *
 * @param charged what Anrok computed for the lines of the invoice
 * @throws CreditTaxDiffersError
 */
export function assertTaxAsCharged(
  creditNote: Pick<TaxDocument, 'id' | 'creditedInvoiceId' | 'lines'>,
  pieces: readonly CreditPiece[],
  given: TaxCalculation,
  charged: TaxCalculation,
): void {
  const creditedLines = new Map(creditNote.lines.map(({ id, creditedLineId }) => [id, creditedLineId]));
  const chargedLines = new Map(charged.lines.map((line) => [line.id, line]));
  for (const [index, piece] of pieces.entries()) {
    const answered = given.lines[index]!;
    const original = chargedLines.get(creditedLines.get(piece.lineId)!)!;
    const share = new Decimal(taxOf(original)).times(piece.amount).dividedBy(original.amount);
    if (isShare(answered, share, original)) continue;
    throw new CreditTaxDiffersError(creditNote, piece.lineId, taxOf(answered), roundToMinorUnits(share));
  }
}

function isShare(answered: TaxedLine, share: Decimal, original: TaxedLine): boolean {
  if (share.isZero()) return taxOf(answered) === 0;
  const levied = leviedOn(answered);
  if (levied === 0) return share.abs().isLessThan(0.5);
  return share
    .minus(taxOf(answered))
    .abs()
    .isLessThanOrEqualTo(Math.max(levied, leviedOn(original)));
}

function taxOf({ taxAmountToCollect, taxIncludedAmount }: TaxedLine): MinorUnits {
  return taxAmountToCollect + taxIncludedAmount;
}

/** How many taxes stand on a line. */
function leviedOn({ jurisdictions }: TaxedLine): number {
  return jurisdictions.filter(({ treatment }) => treatment !== 'notTaxed').length;
}

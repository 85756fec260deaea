import { summarizeTaxes, type TaxCalculation } from '@anrok-nest/tax';
import { toAppliedTax } from '../tax/applied-tax.js';
import { replaceRows } from '../tax/replace-rows.js';
import { assertTaxesFit } from '../tax/taxes-fit.js';
import { type CreditNote, CreditNoteTax } from './credit-note.entity.js';
import { nextStatus } from './credit-note-status.js';
import { mirrored } from './mirrored.js';
import { ownCalculation } from './own-calculation.js';
import { toCreditNoteDocument } from './to-credit-note-document.js';

/**
 * Writes the answer to a credit note's tax document to the note, which is finalized by that. Applying the same again
 * changes nothing.
 *
 * @throws TaxError `taxes_do_not_fit` when it is the answer to something else; the note is then as it was
 */
export function applyCreditTaxes(note: CreditNote, calculation: TaxCalculation): void {
  assertTaxesFit(toCreditNoteDocument(note), calculation);
  write(note, mirrored(calculation));
}

/** Finalizes a credit note by itself, with billing's own figures: no authority ever hears of it. */
export function applyOwnTaxes(note: CreditNote): void {
  write(note, ownCalculation(note.currency, note.items.getItems()));
}

/** @param given in amounts that are given back */
function write(note: CreditNote, given: TaxCalculation): void {
  const summary = summarizeTaxes(given).map((tax, position) => ({
    ...toAppliedTax(tax, position),
    baseAmountCents: tax.linesAmount,
  }));
  replaceRows(note.taxes, summary, CreditNoteTax);
  note.preTaxAmountCents = given.preTaxAmount;
  note.taxesAmountCents = given.taxAmountToCollect;
  note.includedTaxesAmountCents = given.taxIncludedAmount;
  note.totalAmountCents = given.totalAmount;
  note.taxStrategy = given.strategy;
  note.errorDetails = [];
  note.status = nextStatus(note.status, 'taxed')!;
}

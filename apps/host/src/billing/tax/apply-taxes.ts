import { summarizeTaxes, type TaxCalculation } from '@anrok-nest/tax';
import { type Invoice, InvoiceTax } from '../invoice/invoice.entity.js';
import { nextStatus } from '../invoice/invoice-status.js';
import { toAppliedTax } from './applied-tax.js';
import { replaceRows } from './replace-rows.js';
import { assertTaxesFit } from './taxes-fit.js';
import { toTaxCustomer, toTaxDocument } from './to-tax-document.js';
import { writeFeeTaxes } from './write-fee-taxes.js';

/**
 * Writes taxes to an invoice, which is finalized by that. Nothing is computed again; with F for the sum of the fees as
 * agreed on, P for the amount before tax, I for the tax that the fees contain and T for the tax that comes on top:
 *
 *     F = P + I        total = F + T = P + I + T
 *
 * Where no price contains tax, I is 0 and this is what everybody expects: F = P, total = P + T. The breakdown holds
 * both kinds of tax; only the collected one is in T. Applying the same taxes again changes nothing.
 *
 * @throws TaxError `taxes_do_not_fit` when they are not this invoice's; the invoice is then as it was
 */
export function applyTaxes(invoice: Invoice, calculation: TaxCalculation): void {
  write(invoice, calculation);
  invoice.taxedCustomer ??= toTaxCustomer(invoice.customer);
  invoice.errorDetails = [];
  invoice.status = nextStatus(invoice.status, 'taxed')!;
}

/**
 * Shows on a draft what its tax would be. It stays a draft, and its customer may still move.
 *
 * @throws TaxError as `applyTaxes`
 */
export function applyEstimate(draft: Invoice, calculation: TaxCalculation): void {
  write(draft, calculation);
  draft.errorDetails = [];
}

/**
 * Takes off an invoice what was computed for other fees than it has now. No answer is not an answer of zero; why there
 * was none before is shown until somebody knows better.
 */
export function clearTaxes(invoice: Invoice): void {
  replaceRows(invoice.taxes, [], InvoiceTax);
  invoice.preTaxAmountCents = null;
  invoice.taxesAmountCents = null;
  invoice.includedTaxesAmountCents = null;
  invoice.totalAmountCents = null;
  invoice.taxStrategy = null;
}

function write(invoice: Invoice, calculation: TaxCalculation): void {
  assertTaxesFit(toTaxDocument(invoice), calculation);
  const taxed = new Map(calculation.lines.map((line) => [line.id, line]));
  const summary = summarizeTaxes(calculation).map((tax, position) => ({
    ...toAppliedTax(tax, position),
    feesAmountCents: tax.linesAmount,
  }));

  for (const fee of invoice.fees.getItems()) writeFeeTaxes(fee, taxed.get(fee.id)!);
  replaceRows(invoice.taxes, summary, InvoiceTax);
  invoice.preTaxAmountCents = calculation.preTaxAmount;
  invoice.taxesAmountCents = calculation.taxAmountToCollect;
  invoice.includedTaxesAmountCents = calculation.taxIncludedAmount;
  invoice.totalAmountCents = calculation.totalAmount;
  invoice.taxStrategy = calculation.strategy;
}

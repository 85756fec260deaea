import type { TaxedLine } from '@anrok-nest/tax';
import { type Fee, FeeTax } from '../invoice/invoice.entity.js';
import { toAppliedTax } from './applied-tax.js';
import { replaceRows } from './replace-rows.js';

/** Writes to a fee what its line was taxed. The same again changes nothing. */
export function writeFeeTaxes(fee: Fee, line: TaxedLine): void {
  fee.preTaxAmountCents = line.preTaxAmount;
  fee.taxesAmountCents = line.taxAmountToCollect;
  fee.includedTaxesAmountCents = line.taxIncludedAmount;
  replaceRows(fee.taxes, line.jurisdictions.map(toAppliedTax), FeeTax);
}

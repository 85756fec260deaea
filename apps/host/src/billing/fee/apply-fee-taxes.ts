import type { TaxCalculation } from '@anrok-nest/tax';
import type { Fee } from '../invoice/invoice.entity.js';
import { assertTaxesFit } from '../tax/taxes-fit.js';
import { toTaxCustomer } from '../tax/to-tax-document.js';
import { writeFeeTaxes } from '../tax/write-fee-taxes.js';
import { toFeeDocument } from './to-fee-document.js';

/**
 * Writes its taxes to a fee that stands alone. Applying the same again changes nothing.
 *
 * @throws TaxError `taxes_do_not_fit` when they are not this fee's; it is then as it was
 */
export function applyFeeTaxes(fee: Fee, calculation: TaxCalculation): void {
  applyFeeEstimate(fee, calculation);
  fee.taxStrategy = calculation.strategy;
  fee.taxedCustomer ??= toTaxCustomer(fee.customer);
  fee.errorDetails = null;
}

/** Shows on a fee that stands alone what its tax will be. @throws TaxError as `applyFeeTaxes` */
export function applyFeeEstimate(fee: Fee, calculation: TaxCalculation): void {
  assertTaxesFit(toFeeDocument(fee), calculation);
  writeFeeTaxes(fee, calculation.lines[0]!);
}

import {
  apportion,
  Decimal,
  type JurisdictionTax,
  type MinorUnits,
  roundToMinorUnits,
  type TaxCalculation,
  type TaxTreatment,
  toCalculation,
} from '@anrok-nest/tax';
import type { FeeTax } from '../invoice/invoice.entity.js';
import { toJurisdiction } from '../tax/applied-tax.js';
import type { Credit } from './credit.js';

/** Stands where the code of a tax strategy stands. */
const OWN = 'own';

/**
 * What billing itself says of credits: the parts of what was charged, in amounts that are given back. Asks nobody, and
 * over all credits of an invoice it adds up to what was charged, which no strategy promises.
 */
export function ownCalculation(currency: string, credits: readonly (Credit & { readonly id: string })[]) {
  return toCalculation(
    OWN,
    currency,
    credits.map((credit): TaxCalculation['lines'][number] => ({
      id: credit.id,
      amount: credit.amountCents,
      preTaxAmount: credit.amountCents - credit.ownIncludedTaxesAmountCents,
      taxAmountToCollect: credit.ownTaxesAmountCents,
      taxIncludedAmount: credit.ownIncludedTaxesAmountCents,
      jurisdictions: jurisdictionsOf(credit),
    })),
  );
}

function jurisdictionsOf(credit: Credit): JurisdictionTax[] {
  const { fee, amountCents, ownTaxesAmountCents, ownIncludedTaxesAmountCents } = credit;
  const taxes = fee.taxes.getItems();
  const partOf = (whole: string | MinorUnits) => new Decimal(whole).times(amountCents).dividedBy(fee.amountCents);
  const amounts = new Map([
    ...taxes.map((tax) => [tax, roundToMinorUnits(partOf(tax.amountCents))] as const),
    ...split(taxes, 'collected', ownTaxesAmountCents),
    ...split(taxes, 'included', ownIncludedTaxesAmountCents),
  ]);
  return taxes.map((tax) => ({
    ...toJurisdiction(tax),
    taxableAmount: partOf(tax.taxableAmount).toFixed(),
    exactTaxAmount: partOf(tax.amountCents).toFixed(),
    taxAmount: amounts.get(tax)!,
  }));
}

/** What counts has to add up to the total. */
function split(taxes: readonly FeeTax[], treatment: TaxTreatment, total: MinorUnits): [FeeTax, MinorUnits][] {
  const those = taxes.filter((tax) => tax.treatment === treatment);
  const parts = apportion(
    total,
    those.map((tax) => new Decimal(tax.amountCents)),
  );
  return those.map((tax, index) => [tax, parts[index]!]);
}

import type { JurisdictionTax, NotTaxedReason } from '@anrok-nest/tax';
import type { FeeTax } from '../invoice/invoice.entity.js';

/** Why there is no tax, as invoices print it and as billing APIs of this kind call it. */
const NOT_TAXED: Record<NotTaxedReason, { readonly name: string; readonly code: string }> = {
  reverseCharge: { name: 'Reverse charge', code: 'reverse_charge' },
  customerExempt: { name: 'Customer exempt', code: 'customer_exempt' },
  transactionExempt: { name: 'Transaction exempt', code: 'transaction_exempt' },
  exempt: { name: 'Exempt', code: 'exempt' },
  productNotTaxed: { name: 'Product not taxed', code: 'product_not_taxed' },
  jurisHasNoTax: { name: 'Jurisdiction has no tax', code: 'juris_has_no_tax' },
  notCollecting: { name: 'Not collecting', code: 'not_collecting' },
  other: { name: 'Not taxed', code: 'unknown_taxation' },
};

/** A tax as billing keeps it. The name carries the authority: several lines that just say "Tax" tell nobody anything. */
export function toAppliedTax(tax: Omit<JurisdictionTax, 'exactTaxAmount'>, position: number) {
  return {
    position,
    ...(tax.notTaxedReason ? NOT_TAXED[tax.notTaxedReason] : named(`${tax.name} ${tax.taxName || 'Tax'}`)),
    jurisdiction: tax.name,
    rate: tax.rate,
    amountCents: tax.taxAmount,
    taxableAmount: tax.taxableAmount,
    treatment: tax.treatment,
    notTaxedReason: tax.notTaxedReason ?? null,
    notTaxedDetail: tax.notTaxedDetail ?? null,
  };
}

/** The way back: who taxes, and how, of a tax that was applied. */
export function toJurisdiction(tax: FeeTax) {
  const { jurisdiction, name, rate, treatment, notTaxedReason, notTaxedDetail } = tax;
  return {
    name: jurisdiction,
    taxName: treatment === 'notTaxed' ? '' : name.slice(jurisdiction.length + 1),
    rate,
    treatment,
    ...(notTaxedReason && { notTaxedReason }),
    ...(notTaxedDetail && { notTaxedDetail }),
  };
}

function named(name: string): { name: string; code: string } {
  const words = name.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return { name, code: words.join('_') };
}

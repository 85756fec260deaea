import { Decimal } from '@anrok-nest/tax';
import type { CreditNoteTax, FeeTax, InvoiceTax } from '../../billing/index.js';

const DESCRIPTIONS = {
  collected: null,
  included: 'Included in the price',
  paidBySeller: 'Paid by the seller',
  notTaxed: null,
};

/** One of an estimate is written nowhere, and has neither. */
type Unwritten<Tax extends { id: unknown; createdAt: unknown }> = Omit<Tax, 'id' | 'createdAt'> &
  Partial<Pick<Tax, 'id' | 'createdAt'>>;

/**
 * A tax as the API shows it. `amount_cents` is what the customer pays of it, so it is 0 where the seller bears the tax.
 * The last four fields are extensions: with them nothing that the tax strategy said is lost.
 */
function toAppliedTaxObject(tax: Unwritten<FeeTax | InvoiceTax | CreditNoteTax>, currency: string) {
  const isBorneBySeller = tax.treatment === 'paidBySeller';
  return {
    lago_id: tax.id ?? null,
    lago_tax_id: null,
    tax_name: tax.name,
    tax_code: tax.code,
    tax_rate: isBorneBySeller ? 0 : toPercent(tax.rate),
    tax_description: DESCRIPTIONS[tax.treatment] ?? tax.notTaxedDetail ?? null,
    amount_cents: isBorneBySeller ? 0 : tax.amountCents,
    amount_currency: currency,
    created_at: tax.createdAt?.toISOString() ?? null,
    jurisdiction: tax.jurisdiction,
    treatment: tax.treatment,
    taxable_amount_cents: tax.taxableAmount,
    not_taxed_reason: tax.notTaxedReason ?? null,
  };
}

export function toFeeTaxObject(tax: FeeTax, feeId: string, currency: string) {
  return { ...toAppliedTaxObject(tax, currency), lago_fee_id: feeId };
}

export function toInvoiceTaxObject(tax: InvoiceTax, invoiceId: string, currency: string) {
  return {
    ...toAppliedTaxObject(tax, currency),
    lago_invoice_id: invoiceId,
    fees_amount_cents: tax.feesAmountCents,
  };
}

export function toCreditNoteTaxObject(tax: CreditNoteTax, creditNoteId: string, currency: string) {
  return {
    ...toAppliedTaxObject(tax, currency),
    lago_credit_note_id: creditNoteId,
    base_amount_cents: tax.baseAmountCents,
  };
}

/** "0.0481" → 4.81. The API's rates are numbers; this is the last step of one, and nothing is computed with it. */
export function toPercent(rate: string | Decimal): number {
  return Number(new Decimal(rate).shiftedBy(2).toFixed());
}

import { Decimal, type MinorUnits, sumOf, summarizeTaxes, type TaxTreatment } from '@anrok-nest/tax';
import type { CreditNote, CreditNoteEstimate, CreditNoteItem } from '../../billing/index.js';
import { toCreditNoteTaxObject, toPercent } from '../invoice/applied-tax.serializer.js';
import { toErrorDetailObject } from '../invoice/error-detail.serializer.js';
import { toFeeObject } from '../invoice/fee.serializer.js';
import { toWireStatus } from '../invoice/invoice-status.wire.js';

/**
 * A credit note as the API shows it. While there is no tax, what depends on it is 0, because the API's types know no
 * null. Extensions: `status`, which the API otherwise has for invoices only; `included_taxes_amount_cents`; and
 * billing's own figures, which decide what the customer gets. They differ from what the tax strategy says of the note
 * where it rounds otherwise:
 *
 *     credit + refund = items + own taxes
 *     sub total excluding taxes + included taxes + taxes = total
 *     difference = own taxes − taxes, both kinds of them; null when there is none
 */
export function toCreditNoteObject(note: CreditNote) {
  const items = note.items.getItems();
  const own = sumOf(items.map((item) => item.ownTaxesAmountCents));
  const ownIncluded = sumOf(items.map((item) => item.ownIncludedTaxesAmountCents));
  const taxes = note.taxesAmountCents ?? 0;
  const included = note.includedTaxesAmountCents ?? 0;
  const isVoided = note.status === 'voided';
  return {
    lago_id: note.id,
    billing_entity_code: null,
    sequential_id: note.sequentialId,
    number: note.number,
    lago_invoice_id: note.invoice.id,
    invoice_number: note.invoice.number,
    issuing_date: note.issuingDate,
    status: toWireStatus(note.status),
    credit_status: note.creditAmountCents > 0 ? (isVoided ? 'voided' : 'available') : null,
    refund_status: note.refundAmountCents > 0 && !isVoided ? 'pending' : null,
    reason: note.reason,
    description: note.description ?? null,
    currency: note.currency,
    sub_total_excluding_taxes_amount_cents: note.preTaxAmountCents ?? 0,
    taxes_amount_cents: taxes,
    precise_taxes_amount_cents: String(taxes),
    included_taxes_amount_cents: included,
    taxes_rate: rateOf(note.taxes.getItems(), note.itemsAmountCents),
    total_amount_cents: note.totalAmountCents ?? 0,
    precise_total_amount_cents: String(note.totalAmountCents ?? 0),
    own_taxes_amount_cents: own,
    own_included_taxes_amount_cents: ownIncluded,
    taxes_difference_amount_cents: (note.taxStrategy && sumOf([own, ownIncluded, -taxes, -included])) || null,
    balance_amount_cents: isVoided ? 0 : note.creditAmountCents,
    credit_amount_cents: note.creditAmountCents,
    refund_amount_cents: note.refundAmountCents,
    offset_amount_cents: 0,
    coupons_adjustment_amount_cents: 0,
    created_at: note.createdAt.toISOString(),
    updated_at: note.updatedAt.toISOString(),
    voided_at: note.voidedAt?.toISOString() ?? null,
    file_url: null,
    xml_url: null,
    self_billed: false,
    items: items.map((item) => toItemObject(item, note)),
    applied_taxes: note.taxes.getItems().map((tax) => toCreditNoteTaxObject(tax, note.id, note.currency)),
    error_details: note.errorDetails.map(toErrorDetailObject),
    metadata: {},
  };
}

/** What a credit note would give back, at most: this billing collects no payments, so that a refund has no bound. */
export function toEstimateObject({ invoice, calculation }: CreditNoteEstimate) {
  const { preTaxAmount, taxAmountToCollect, taxIncludedAmount, totalAmount } = calculation;
  const bases = summarizeTaxes(calculation).map((tax) => ({ ...tax, baseAmountCents: tax.linesAmount }));
  return {
    lago_invoice_id: invoice.id,
    invoice_number: invoice.number,
    currency: invoice.currency,
    sub_total_excluding_taxes_amount_cents: preTaxAmount,
    taxes_amount_cents: taxAmountToCollect,
    precise_taxes_amount_cents: taxAmountToCollect,
    included_taxes_amount_cents: taxIncludedAmount,
    taxes_rate: rateOf(bases, sumOf(calculation.lines.map((line) => line.amount))),
    max_creditable_amount_cents: totalAmount,
    max_refundable_amount_cents: totalAmount,
    max_offsettable_amount_cents: 0,
    coupons_adjustment_amount_cents: 0,
    precise_coupons_adjustment_amount_cents: 0,
    items: calculation.lines.map((line) => ({ lago_fee_id: line.id, amount_cents: line.amount })),
  };
}

function toItemObject(item: CreditNoteItem, { currency }: CreditNote) {
  return {
    lago_id: item.id,
    amount_cents: item.amountCents,
    amount_currency: currency,
    fee: toFeeObject(item.fee),
  };
}

interface TaxOnBase {
  readonly rate: string;
  readonly treatment: TaxTreatment;
  readonly baseAmountCents: MinorUnits;
}

/** Per cent: what counts of the taxes, each for as much of the whole as it stands on. */
function rateOf(taxes: readonly TaxOnBase[], whole: MinorUnits): number {
  const rate = taxes
    .filter(({ treatment }) => treatment === 'collected' || treatment === 'included')
    .reduce((sum, tax) => sum.plus(new Decimal(tax.rate).times(tax.baseAmountCents)), new Decimal(0));
  return toPercent(rate.dividedBy(whole).decimalPlaces(7));
}

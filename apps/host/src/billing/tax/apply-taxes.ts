import { summarizeTaxes, type TaxCalculation, TaxError } from '@anrok-nest/tax';
import type { Collection } from '@mikro-orm/core';
import { FeeTax, type Invoice, InvoiceTax } from '../invoice/invoice.entity.js';
import { nextStatus } from '../invoice/invoice-status.js';
import { toAppliedTax } from './applied-tax.js';
import { toTaxCustomer } from './to-tax-document.js';

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
  const taxed = new Map(calculation.lines.map((line) => [line.id, line]));
  const fees = invoice.fees.getItems().map((fee) => ({ fee, line: taxed.get(fee.id) }));
  const stranger = fees.find(({ fee, line }) => line?.amount !== fee.amountCents);
  if (stranger || taxed.size !== fees.length || calculation.currency !== invoice.currency)
    throw new TaxesDoNotFitError(invoice, stranger?.fee.id);

  const summary = summarizeTaxes(calculation).map((tax, position) => ({
    ...toAppliedTax(tax, position),
    feesAmountCents: tax.linesAmount,
  }));

  for (const { fee, line } of fees) {
    fee.preTaxAmountCents = line!.preTaxAmount;
    fee.taxesAmountCents = line!.taxAmountToCollect;
    fee.includedTaxesAmountCents = line!.taxIncludedAmount;
    replace(fee.taxes, line!.jurisdictions.map(toAppliedTax), FeeTax);
  }
  replace(invoice.taxes, summary, InvoiceTax);
  invoice.preTaxAmountCents = calculation.preTaxAmount;
  invoice.taxesAmountCents = calculation.taxAmountToCollect;
  invoice.includedTaxesAmountCents = calculation.taxIncludedAmount;
  invoice.totalAmountCents = calculation.totalAmount;
  invoice.taxStrategy = calculation.strategy;
  invoice.taxedCustomer ??= toTaxCustomer(invoice.customer);
  invoice.errorDetails = [];
  invoice.status = nextStatus(invoice.status, 'taxed')!;
}

/** What came back is not the answer to this invoice. */
class TaxesDoNotFitError extends TaxError {
  constructor(invoice: Invoice, feeId?: string) {
    super({
      code: 'taxes_do_not_fit',
      message: `The taxes that were computed are not those of invoice ${invoice.number}.`,
      remedy: 'Retry the invoice; when it happens again, report it to whoever maintains the tax strategy.',
      retry: 'later',
      details: { invoiceId: invoice.id, ...(feeId && { feeId }) },
    });
  }
}

/** Leaves the rows alone when they say the same already, so that they keep their ids. */
function replace<Row extends object>(rows: Collection<Row>, wanted: readonly Partial<Row>[], Row: new () => Row): void {
  const says = (row: Row, values: Partial<Row>) =>
    (Object.keys(values) as (keyof Row)[]).every((key) => (row[key] ?? null) === values[key]);
  const present = rows.getItems();
  if (present.length === wanted.length && present.every((row, index) => says(row, wanted[index]!))) return;
  rows.set(wanted.map((values) => Object.assign(new Row(), values)));
}

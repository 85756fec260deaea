import { type IsoDate, sumOf } from '@anrok-nest/tax';
import type { EntityManager } from '@mikro-orm/core';
import type { Customer } from '../customer/customer.entity.js';
import type { PricedFee } from '../pricing/priced-fee.js';
import { nextInSequence } from '../sequence/next-in-sequence.js';
import { addDays } from './calendar-date.js';
import { Fee, Invoice, type InvoiceType } from './invoice.entity.js';
import { invoiceNumber } from './invoice-number.js';

export interface NewInvoice {
  readonly status: 'draft' | 'finalizing';
  readonly invoiceType: InvoiceType;
  readonly customer: Customer;
  readonly currency: string;
  readonly issuingDate: IsoDate;
  readonly expectedFinalizationDate?: IsoDate;
  readonly fees: readonly PricedFee[];
}

/** An invoice with its number, and without its tax. Belongs to the transaction that it is made in. */
export async function newInvoice(em: EntityManager, { fees, ...input }: NewInvoice): Promise<Invoice> {
  const { customer, issuingDate } = input;
  const netPaymentTerm = customer.netPaymentTerm ?? 0;
  const invoice = em.create(Invoice, {
    ...input,
    number: invoiceNumber(issuingDate, await nextInSequence(em, 'invoice')),
    sequentialId: await nextInSequence(em, `invoice of ${customer.id}`),
    netPaymentTerm,
    paymentDueDate: addDays(issuingDate, netPaymentTerm),
    feesAmountCents: 0,
    errorDetails: [],
  });
  putOn(em, invoice, fees);
  await em.flush();
  return invoice;
}

/** Puts fees on an invoice that has none, in their order. */
export function putOn(em: EntityManager, invoice: Invoice, fees: readonly PricedFee[]): void {
  const { customer, currency } = invoice;
  fees.forEach((fee, position) => em.create(Fee, { ...fee, invoice, customer, currency, position }));
  invoice.feesAmountCents = sumOf(fees.map((fee) => fee.amountCents));
}

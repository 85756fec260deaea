import { type IsoDate, sumOf } from '@anrok-nest/tax';
import type { EntityManager } from '@mikro-orm/core';
import type { Customer } from '../customer/customer.entity.js';
import type { PricedFee } from '../pricing/priced-fee.js';
import { addDays } from './calendar-date.js';
import { Fee, Invoice, type InvoiceType } from './invoice.entity.js';

/** For an entity that looks as if it were there, and is never written. */
export const PROSPECTIVE = { persist: false, processOnCreateHooksEarly: true } as const;

interface ProspectiveInvoice {
  readonly invoiceType: InvoiceType;
  readonly customer: Customer;
  readonly currency: string;
  readonly issuingDate: IsoDate;
  readonly fees: readonly PricedFee[];
}

/** An invoice as it would be, without a number and without its tax. Nothing of it is ever written. */
export function prospectiveInvoice(em: EntityManager, { fees, ...input }: ProspectiveInvoice): Invoice {
  // an EntityManager of its own, which nobody flushes
  const fork = em.fork();
  const { customer, currency, issuingDate } = input;
  const netPaymentTerm = customer.netPaymentTerm ?? 0;
  const details = {
    ...input,
    number: '',
    sequentialId: 0,
    status: 'draft' as const,
    netPaymentTerm,
    paymentDueDate: addDays(issuingDate, netPaymentTerm),
    feesAmountCents: sumOf(fees.map((fee) => fee.amountCents)),
    errorDetails: [],
  };
  const invoice = fork.create(Invoice, details, PROSPECTIVE);
  fees.forEach((fee, position) => fork.create(Fee, { ...fee, invoice, customer, currency, position }, PROSPECTIVE));
  return invoice;
}

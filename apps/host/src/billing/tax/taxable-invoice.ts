import { findInvoice, lockInvoice } from '../invoice/find-invoice.js';
import { Invoice } from '../invoice/invoice.entity.js';
import { tellTaxOutcome } from '../invoice/tell-tax-outcome.js';
import { applyTaxes } from './apply-taxes.js';
import { reportTaxProblem } from './report-tax-problem.js';
import type { DocumentStanding, TaxableDocument, TaxableDocuments } from './taxable-document.js';
import { toTaxDocument } from './to-tax-document.js';

export const taxableInvoices: TaxableDocuments = {
  find: async (em, id) => {
    const invoice = await findInvoice(em, id);
    return invoice && taxableInvoice(invoice);
  },
  lock: async (em, id) => {
    const invoice = await lockInvoice(em, id);
    return invoice && taxableInvoice(invoice);
  },
  list: async (em, { taxStrategy, after, limit, from, to }) => {
    const invoices = await em.find(
      Invoice,
      {
        status: { $in: ['finalizing', 'finalized', 'failed'] },
        $or: [{ taxStrategy }, { taxStrategy: null }],
        ...(after !== undefined && { id: { $gt: after } }),
        ...((from ?? to) !== undefined && { issuingDate: { ...(from && { $gte: from }), ...(to && { $lte: to }) } }),
      },
      { fields: ['customer.externalId'], orderBy: { id: 'asc' }, limit },
    );
    return invoices.map(({ id, customer }) => ({ id, customerId: customer.externalId }));
  },
};

export function taxableInvoice(invoice: Invoice): TaxableDocument {
  const standing = standingOf(invoice);
  const { status } = invoice;
  return {
    document: toTaxDocument(invoice),
    standing,
    taxStrategy: invoice.taxStrategy ?? null,
    booked: {
      number: invoice.number,
      taxAmount: invoice.taxesAmountCents ?? null,
      totalAmount: invoice.totalAmountCents ?? null,
    },
    apply: (calculation) => applyTaxes(invoice, calculation),
    report: (problem) => reportTaxProblem(invoice, problem),
    settled: () => {
      if (standing === 'voided' || standing === 'disputeLost') invoice.errorDetails = [];
    },
    tell: (events) => tellTaxOutcome(events, invoice, status),
  };
}

function standingOf({ status, paymentDisputeLostAt }: Invoice): DocumentStanding {
  if (status === 'draft' || status === 'voided') return status;
  return paymentDisputeLostAt ? 'disputeLost' : 'final';
}

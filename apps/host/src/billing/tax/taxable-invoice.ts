import { findInvoice, lockInvoice } from '../invoice/find-invoice.js';
import { Invoice } from '../invoice/invoice.entity.js';
import { tellTaxOutcome } from '../invoice/tell-tax-outcome.js';
import { applyTaxes } from './apply-taxes.js';
import { reportTaxProblem } from './report-tax-problem.js';
import type { DocumentStanding, SeenDocument, TaxableDocument, TaxableDocuments } from './taxable-document.js';
import { toTaxDocument } from './to-tax-document.js';

export const taxableInvoices: TaxableDocuments = {
  find: async (em, id) => {
    const invoice = await findInvoice(em, id);
    return invoice && taxableInvoice(invoice);
  },
  findMany: async (em, ids) => {
    const found = await em.find(Invoice, { id: { $in: [...ids] } }, { populate: ['customer', 'fees'], refresh: true });
    return found.map(seenInvoice);
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
  const { status } = invoice;
  const seen = seenInvoice(invoice);
  const { standing } = seen;
  return {
    ...seen,
    apply: (calculation) => applyTaxes(invoice, calculation),
    report: (problem) => reportTaxProblem(invoice, problem),
    settled: () => {
      if (standing === 'voided' || standing === 'disputeLost') invoice.errorDetails = [];
    },
    tell: (events) => tellTaxOutcome(events, invoice, status),
  };
}

function seenInvoice(invoice: Invoice): SeenDocument {
  // until it is settled, its taxes are an estimate
  const isTaxed = Boolean(invoice.taxedCustomer);
  return {
    document: toTaxDocument(invoice),
    standing: standingOf(invoice),
    taxStrategy: invoice.taxStrategy ?? null,
    booked: {
      number: invoice.number,
      taxAmount: isTaxed ? (invoice.taxesAmountCents ?? null) : null,
      totalAmount: isTaxed ? (invoice.totalAmountCents ?? null) : null,
    },
  };
}

function standingOf({ status, paymentDisputeLostAt }: Invoice): DocumentStanding {
  if (status === 'draft' || status === 'voided') return status;
  return paymentDisputeLostAt ? 'disputeLost' : 'final';
}

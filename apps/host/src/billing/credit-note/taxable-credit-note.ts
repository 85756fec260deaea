import { toErrorDetail } from '../invoice/invoice-error-detail.js';
import type { SeenDocument, TaxableDocument, TaxableDocuments } from '../tax/taxable-document.js';
import { applyCreditTaxes, applyOwnTaxes } from './apply-credit-taxes.js';
import { CreditNote } from './credit-note.entity.js';
import { nextStatus } from './credit-note-status.js';
import { findCreditNote, lockCreditNote } from './find-credit-note.js';
import { toCreditNoteDocument } from './to-credit-note-document.js';

export const taxableCreditNotes: TaxableDocuments = {
  find: async (em, id) => {
    const note = await findCreditNote(em, id);
    return note && taxableCreditNote(note);
  },
  findMany: async (em, ids) => {
    const populate = ['invoice.customer', 'items.fee'] as const;
    const found = await em.find(CreditNote, { id: { $in: [...ids] } }, { populate, refresh: true });
    return found.map(seenCreditNote);
  },
  lock: async (em, id) => {
    const note = await lockCreditNote(em, id);
    return note && taxableCreditNote(note);
  },
  list: async (em, { taxStrategy, after, limit, from, to }) => {
    const notes = await em.find(
      CreditNote,
      {
        status: { $in: ['finalizing', 'finalized', 'failed'] },
        // a note is taxed by who taxed its invoice
        invoice: { taxStrategy },
        ...(after !== undefined && { id: { $gt: after } }),
        ...((from ?? to) !== undefined && { issuingDate: { ...(from && { $gte: from }), ...(to && { $lte: to }) } }),
      },
      { fields: ['invoice.customer.externalId'], orderBy: { id: 'asc' }, limit },
    );
    return notes.map(({ id, invoice }) => ({ id, customerId: invoice.customer.externalId }));
  },
};

export function taxableCreditNote(note: CreditNote): TaxableDocument {
  return {
    ...seenCreditNote(note),
    apply: (calculation) => applyCreditTaxes(note, calculation),
    report: (problem) => {
      const status = nextStatus(note.status, problem.next === 'retrying' ? 'taxDelayed' : 'taxFailed');
      // one that has its tax is left as it is, because its customer has it
      if (!status && note.status !== 'voided') return;
      note.status = status ?? note.status;
      note.errorDetails = [toErrorDetail(problem)];
    },
    settled: () => {
      // nobody else will say what the customer gets
      if (note.status === 'finalizing' || note.status === 'failed') applyOwnTaxes(note);
      note.errorDetails = [];
    },
  };
}

/** A voided note says so itself; whether its invoice still counts is asked of the invoice. */
function seenCreditNote(note: CreditNote): SeenDocument {
  return {
    document: toCreditNoteDocument(note),
    standing: note.status === 'voided' ? 'voided' : 'final',
    taxStrategy: note.invoice.taxStrategy ?? null,
    booked: { number: note.number, taxAmount: below(note.taxesAmountCents), totalAmount: below(note.totalAmountCents) },
  };
}

/** Given back. */
function below(amount: number | null | undefined): number | null {
  return typeof amount === 'number' ? 0 - amount : null;
}

import type { FilterQuery } from '@mikro-orm/core';
import type { CreditNote, CreditNoteReason } from './credit-note.entity.js';

/** What is absent does not narrow the list. */
export interface CreditNoteFilter {
  readonly customerId?: string;
  readonly invoiceNumber?: string;
  readonly currency?: string;
  readonly reason?: CreditNoteReason;
  /** The first and the last day, both included. */
  readonly issuingDateFrom?: string;
  readonly issuingDateTo?: string;
}

export function toCondition(filter: CreditNoteFilter): FilterQuery<CreditNote> {
  const { customerId, invoiceNumber, currency, reason, issuingDateFrom, issuingDateTo } = filter;
  const invoice = {
    ...(customerId !== undefined && { customer: { externalId: customerId } }),
    ...(invoiceNumber !== undefined && { number: invoiceNumber }),
  };
  return {
    ...(Object.keys(invoice).length > 0 && { invoice }),
    ...(currency !== undefined && { currency }),
    ...(reason !== undefined && { reason }),
    ...((issuingDateFrom ?? issuingDateTo) !== undefined && {
      issuingDate: {
        ...(issuingDateFrom && { $gte: issuingDateFrom }),
        ...(issuingDateTo && { $lte: issuingDateTo }),
      },
    }),
  };
}

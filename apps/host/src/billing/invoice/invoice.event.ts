import type { InvoiceTaxProblem } from './invoice-error-detail.js';

export const INVOICE_DRAFTED = 'invoice.drafted';
export const INVOICE_FINALIZED = 'invoice.finalized';
export const INVOICE_VOIDED = 'invoice.voided';
export const INVOICE_DISPUTED = 'invoice.disputed';

// Each is told inside the transaction that it tells of, so that listeners join it and their failure takes it back.
// The customer's id is the caller's own.

/** A draft was made: it may still change, and its tax is estimated after this. */
export class InvoiceDrafted {
  constructor(
    readonly invoiceId: string,
    readonly customerId: string,
  ) {}
}

/**
 * An invoice is issued: it counts, whether its tax is known already, still to come or missing. Told again when the
 * invoice is retried.
 */
export class InvoiceFinalized {
  constructor(
    readonly invoiceId: string,
    readonly customerId: string,
  ) {}
}

/** An invoice counts no more, and neither do its credit notes. */
export class InvoiceVoided {
  constructor(
    readonly invoiceId: string,
    readonly customerId: string,
  ) {}
}

/** The payment of an invoice was taken back for good. Told once. */
export class InvoiceDisputed {
  constructor(
    readonly invoiceId: string,
    readonly customerId: string,
  ) {}
}

export const INVOICE_DRAFT_TAX_FAILED = 'invoice.draftTaxFailed';

/** A draft has no tax, and that for another reason than it showed before. */
export class InvoiceDraftTaxFailed {
  constructor(
    readonly invoiceId: string,
    readonly customerId: string,
    readonly problem: InvoiceTaxProblem,
  ) {}
}

export const INVOICE_TAXED = 'invoice.taxed';

/**
 * An issued invoice got its tax, and is final by that. Told once in its life, inside the transaction that writes the
 * tax.
 */
export class InvoiceTaxed {
  /** @param customerId the caller's own id of the customer */
  constructor(
    readonly invoiceId: string,
    readonly customerId: string,
  ) {}
}

export const INVOICE_FAILED = 'invoice.failed';

/**
 * An issued invoice has no tax, for the reason that its error details name. Told inside the transaction that writes the
 * reason, when it fails; not again as long as it stays failed.
 */
export class InvoiceFailed {
  /** @param customerId the caller's own id of the customer */
  constructor(
    readonly invoiceId: string,
    readonly customerId: string,
  ) {}
}

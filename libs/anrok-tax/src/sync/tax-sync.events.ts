import type { MinorUnits, TaxDocumentReference, TaxProblem } from '@anrok-nest/tax';

/**
 * What the module tells the host's event emitter, after the commit. A process that dies between commit and event
 * tells nobody: what must not be missed belongs into BillingHost, whose calls are part of the transaction.
 */
export const TAX_APPLIED = 'tax.applied';
export const TAX_FAILED = 'tax.failed';
export const TAX_WAITING = 'tax.waiting';

/** Anrok has the document, and the document has its tax. */
export class TaxApplied {
  constructor(
    readonly document: TaxDocumentReference,
    readonly recordId: string,
    readonly taxAmount: MinorUnits,
    readonly currency: string,
    readonly transactionIds: readonly string[],
  ) {}
}

/** The document has no tax, and stays without until a person acts and asks for it again. */
export class TaxFailed {
  constructor(
    readonly document: TaxDocumentReference,
    readonly recordId: string,
    readonly problem: TaxProblem,
  ) {}
}

/** The document has no tax until what the problem's remedy names is done; then it gets it by itself. */
export class TaxWaiting {
  constructor(
    readonly document: TaxDocumentReference,
    readonly recordId: string,
    readonly problem: TaxProblem,
  ) {}
}

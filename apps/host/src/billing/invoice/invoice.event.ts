export const INVOICE_FINALIZED = 'invoice.finalized';

/**
 * An invoice is issued: it counts, whether its tax is known already, still to come or missing. Told inside the
 * transaction that issues it, so that listeners join it and their failure takes the invoice back; told again when the
 * invoice is retried.
 */
export class InvoiceFinalized {
  /** @param customerId the caller's own id of the customer */
  constructor(
    readonly invoiceId: string,
    readonly customerId: string,
  ) {}
}

/** What billing is told by the host around it. */
export abstract class BillingOptions {
  /** Days in which an invoice over a period stays a draft, for customers without days of their own. Default 0: none. */
  abstract readonly invoiceGracePeriod: number;
}

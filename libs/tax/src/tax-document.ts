import type { MinorUnits } from './money.js';

export type TaxDocumentKind = 'invoice' | 'credit_note' | 'fee';

/** Points at a document of the host. The customer's id is in it because the customer decides who computes the tax. */
export interface TaxDocumentReference {
  readonly kind: TaxDocumentKind;
  readonly id: string;
  readonly customerId: string;
}

/** `YYYY-MM-DD` */
export type IsoDate = string;

/** What is taxed: a document of the host in the words of tax. Says nothing of who computes it. */
export interface TaxDocument {
  readonly kind: TaxDocumentKind;
  /** The host's id; stable for the document's whole life, because ids at the tax authority's end derive from it. */
  readonly id: string;
  /** ISO 4217, capital letters. */
  readonly currency: string;
  /** Decides which tax return the document belongs to. */
  readonly accountingDate: IsoDate;
  /** Decides whose rates apply; the accounting date when absent. A credit note has its invoice's. */
  readonly taxDate?: IsoDate;
  /** The invoice that a credit note takes back a part of: in every credit note, and in nothing else. */
  readonly creditedInvoiceId?: string;
  readonly customer: TaxCustomer;
  readonly lines: readonly TaxableLine[];
}

export interface TaxCustomer {
  readonly id: string;
  readonly name?: string;
  readonly shippingAddress?: Address;
  readonly billingAddress?: Address;
  /** Registration numbers for VAT and the like, as the customer gave them. */
  readonly taxIds: readonly string[];
  /**
   * Over which account the customer would be taxed, said by who only wants an estimate: for somebody who is tied to none
   * yet, or to another one. What is settled goes by the customer's own ties.
   */
  readonly account?: TaxAccount;
}

/** An account with a tax strategy, and who the customer is to it. */
export interface TaxAccount {
  /** Code of the strategy. */
  readonly strategy: string;
  /** Which of the strategy's accounts. */
  readonly code: string;
  /** The customer's id there; as if it were tied to it anew when absent. */
  readonly customerId?: string;
}

/** As the host has it: any field may be missing or blank, the country a name or a code. */
export interface Address {
  readonly line1?: string;
  readonly line2?: string;
  readonly city?: string;
  /** State, province, county. */
  readonly region?: string;
  readonly postalCode?: string;
  readonly country?: string;
}

/** What was sold: `type` is a kind of item that the host knows (`add_on`, `billable_metric`), `id` one of them. */
export interface ItemReference {
  readonly type: string;
  readonly id: string;
}

export interface TaxableLine {
  /** Unique within the document; answers are matched by it. */
  readonly id: string;
  readonly item: ItemReference;
  /** On a credit note: the line of the invoice that this one takes back a part of. */
  readonly creditedLineId?: string;
  /** For the whole line, after discounts. Never above zero on a credit note. */
  readonly amount: MinorUnits;
  /** Decimal string, such as "1" or "12.3". Informs, is not multiplied. */
  readonly quantity?: string;
  /** Whether the amount already contains its tax. */
  readonly taxIncluded: boolean;
}

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
  /** For the whole line, after discounts. Negative on a credit note. */
  readonly amount: MinorUnits;
  /** Decimal string, such as "1" or "12.3". Informs, is not multiplied. */
  readonly quantity?: string;
  /** Whether the amount already contains its tax. */
  readonly taxIncluded: boolean;
}

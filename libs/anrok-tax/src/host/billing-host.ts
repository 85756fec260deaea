import type {
  IsoDate,
  ItemReference,
  TaxCalculation,
  TaxCustomer,
  MinorUnits,
  TaxDocument,
  TaxDocumentReference,
  TaxProblem,
} from '@anrok-nest/tax';

/**
 * `draft`: nothing is recorded of it yet. `final`: it counts, and Anrok has to know it. `voided`: it counts no more.
 * `disputeLost`: it is final, but its payment was taken back for good; whether it counts is the module's option.
 */
export type DocumentStanding = 'draft' | 'final' | 'voided' | 'disputeLost';

/** A document as the host has it at this moment. */
export interface HostDocument {
  readonly document: TaxDocument;
  readonly standing: DocumentStanding;
  /**
   * Changes whenever the document does. Handed back with the taxes, so that the host can tell whether they still fit.
   */
  readonly version: string;
  /**
   * What the host's own books say: for people who compare, and by it a resync knows that the document still has the tax
   * that it was given. Absent where the host does not tell: then it gets it once more.
   */
  readonly booked?: BookedTotals;
}

/** A document in the host's books. Amounts in minor units, below zero where they are given back. */
export interface BookedTotals {
  /** By which people know the document; null where it has none. */
  readonly number: string | null;
  /** Tax on top of the prices, as it was applied; null as long as it is not known, or is an estimate. */
  readonly taxAmount: MinorUnits | null;
  /** What the customer owes; null as long as it is not known. */
  readonly totalAmount: MinorUnits | null;
}

/** The answer to a document, once Anrok has recorded it. */
export interface DocumentTaxes {
  readonly calculation: TaxCalculation;
  /** Version of the document that was taxed. */
  readonly version: string;
  /** Ids at Anrok: one, or several where the document is too long for one. Empty when there was nothing to tax. */
  readonly transactionIds: readonly string[];
}

/** A document and the taxes that it is to have. */
export interface TaxedDocument {
  readonly document: TaxDocumentReference;
  readonly taxes: DocumentTaxes;
}

/** Why a document has no tax yet, and what comes next. */
export interface DocumentProblem extends TaxProblem {
  /**
   * `retrying`: by itself, at `retryAt`. `waiting`: by itself, once what the remedy names is done.
   * `failed`: when somebody asks for it.
   */
  readonly next: 'retrying' | 'waiting' | 'failed';
  readonly retryAt?: Date;
}

/** Which part of the list of documents is wanted. */
export interface DocumentPageRequest {
  /** `next` of the page before; absent for the first. The host's own business: nobody else looks into it. */
  readonly after?: string;
  /** At most so many documents; fewer may come, and none too. */
  readonly limit: number;
  /** The first and the last accounting date, both included. */
  readonly from?: IsoDate;
  readonly to?: IsoDate;
}

export interface DocumentPage {
  readonly documents: readonly TaxDocumentReference[];
  /** Absent on the last page. */
  readonly next?: string;
}

/** Which part of the list of customers is wanted. */
export interface CustomerPageRequest {
  /** Part of an id or a name, in any case. */
  readonly search?: string;
  /** `next` of the page before; absent for the first. The host's own business. */
  readonly after?: string;
  /** At most so many customers. */
  readonly limit: number;
}

export interface CustomerPage {
  readonly customers: readonly Pick<TaxCustomer, 'id' | 'name'>[];
  /** Absent on the last page. */
  readonly next?: string;
}

/** Something that the host sells, as its lines name it. */
export interface HostItem extends ItemReference {
  /** For people. */
  readonly name: string;
}

/** Which part of the list of items is wanted. */
export interface ItemPageRequest {
  /** Part of an item's id or name, in any case of its letters. Absent: all. */
  readonly search?: string;
  /** Items of this type only. */
  readonly type?: string;
  /** `next` of the page before; absent for the first. The host's own business: nobody else looks into it. */
  readonly after?: string;
  /** At most so many items; fewer may come, and none too. */
  readonly limit: number;
}

export interface ItemPage {
  readonly items: readonly HostItem[];
  /** Absent on the last page. */
  readonly next?: string;
}

/**
 * What the host's billing implements: the module's only way to its documents. The contract and the injection token at
 * once. Every method runs in a MikroORM request context.
 */
export abstract class BillingHost {
  /**
   * The document as it is now, or null when there is none of that id. Called before every try, outside of a
   * transaction, and cheap enough for that.
   *
   * Null takes back at Anrok what was recorded of the document, when it is looked at again: for an event or a person, for
   * a credit note's invoice that has changed, or because an accounting date that lay too far ahead is taken now. What
   * still counts has to be answered also after it was archived; only a resync passes by what is not there.
   */
  abstract loadDocument(reference: TaxDocumentReference): Promise<HostDocument | null>;

  /**
   * The same for up to 250 documents at once, in the order in which they are asked for: by it a resync finds what needs
   * nothing, and documents that are worked on together are loaded. The default loads one after the other; with a few
   * queries for all, it is many times as fast.
   */
  async loadDocuments(references: readonly TaxDocumentReference[]): Promise<readonly (HostDocument | null)[]> {
    const loaded: (HostDocument | null)[] = [];
    for (const reference of references) loaded.push(await this.loadDocument(reference));
    return loaded;
  }

  /**
   * Writes the taxes to the document. Called in the transaction that also writes down that the document is synced:
   * both commit or neither. Documents that are ready at the same time may share it, and are each given a transaction of
   * their own when it fails. Called again with the same taxes when the module is not sure that they arrived; that must be
   * harmless. Lock the document before anything else in your own transactions too, and emit after it: the module locks its
   * record last, so that the two never wait for each other. Answers `stale` when the document is no longer the version
   * that was taxed: then it is taxed anew.
   */
  abstract applyTaxes(reference: TaxDocumentReference, taxes: DocumentTaxes): Promise<'applied' | 'stale'>;

  /**
   * The same for up to 100 documents that are ready at the same time, in the transaction that they share; answers in their
   * order. What it throws, or calls stale, is that document's fault alone: then each is given a transaction of its own. The
   * default applies one after the other; with a few statements for all, it is many times as fast.
   */
  async applyTaxesToMany(taxed: readonly TaxedDocument[]): Promise<readonly ('applied' | 'stale')[]> {
    const applied: ('applied' | 'stale')[] = [];
    for (const { document, taxes } of taxed) applied.push(await this.applyTaxes(document, taxes));
    return applied;
  }

  /**
   * Anrok counts nothing of the document, and is not to: it is voided, or its dispute lost, or its invoice counts no
   * more. What was reported about it is over. Called in the transaction that writes it down, any number of times.
   */
  abstract confirmVoided(reference: TaxDocumentReference): Promise<void>;

  /** Shows the reason on the document. Called in the transaction that writes down the failed try. */
  abstract reportProblem(reference: TaxDocumentReference, problem: DocumentProblem): Promise<void>;

  /**
   * Every document that is `final` or `disputeLost`, page by page: how a resync finds those of which it never heard.
   * Leave out what another tax strategy has taxed, or a customer that is linked today would have its past taxed anew;
   * whether a customer is linked is no matter here. In an order in which documents keep their places, such as that of
   * their making: what is there from the first page to the last is listed exactly once.
   */
  abstract listDocuments(request: DocumentPageRequest): Promise<DocumentPage>;

  /**
   * The host's customers, page by page, for people who look for one. Undefined where the host doesn't show them, which
   * is the default: then those are found that are linked, by their ids.
   */
  async listCustomers(_request: CustomerPageRequest): Promise<CustomerPage | undefined> {
    return undefined;
  }

  /**
   * A customer as its next document would have it: addresses and tax ids, for people to see what Anrok will get. Undefined
   * where there is none of that id, or where the host doesn't show them, which is the default.
   */
  async loadCustomer(_customerId: string): Promise<TaxCustomer | undefined> {
    return undefined;
  }

  /**
   * What the host sells, page by page, each item once: how people see which items have no product at Anrok before a
   * document finds out. For show only: nothing is taxed by it. A host that leaves it out sells nothing that is known, so
   * that only items of waiting documents are shown.
   */
  async listItems(_request: ItemPageRequest): Promise<ItemPage> {
    return { items: [] };
  }
}

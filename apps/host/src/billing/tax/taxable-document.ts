import type { TaxCalculation, TaxDocument } from '@anrok-nest/tax';
import type { EntityManager } from '@mikro-orm/core';
import type { EventEmitter2 } from '@nestjs/event-emitter';
import type { InvoiceTaxProblem } from '../invoice/invoice-error-detail.js';

/**
 * What the authorities have to know of a document: nothing of a `draft`, a `final` one, that a `voided` one counts no
 * more, that the payment of a `disputeLost` one was taken back.
 */
export type DocumentStanding = 'draft' | 'final' | 'voided' | 'disputeLost';

/** A document of billing as tax sees it. */
export interface SeenDocument {
  readonly document: TaxDocument;
  readonly standing: DocumentStanding;
  /** Code of the strategy that taxed it, or that a credit note's invoice was taxed by. Null as long as none did. */
  readonly taxStrategy: string | null;
  readonly booked: Booked;
}

/** The same, and what tax does to it. */
export interface TaxableDocument extends SeenDocument {
  /**
   * Writes the taxes to it. The same again changes nothing.
   *
   * @throws TaxError `taxes_do_not_fit` when they are not the answer to it; it is then as it was
   */
  apply(calculation: TaxCalculation): void;
  /** Shows why it has no tax, or why the authorities still count what counts no more. */
  report(problem: InvoiceTaxProblem): void;
  /** There is nothing left that the authorities have to hear of it. */
  settled(): void;
  /** Tells what has become of it, if that is news. Inside the transaction that writes it, after the flush. */
  tell?(events: EventEmitter2): Promise<void>;
}

/** What the books say of it. What is given back is below zero; what is not known yet is null. */
export interface Booked {
  readonly number: string | null;
  /** On top of the prices. */
  readonly taxAmount: number | null;
  readonly totalAmount: number | null;
}

/** A page of documents of a kind. */
export interface DocumentsRequest {
  /** Code of the strategy that taxed them, or is to. */
  readonly taxStrategy: string;
  /** Id of the last one of the page before. */
  readonly after?: string;
  readonly limit: number;
  /** The first and the last day of issue, both included. */
  readonly from?: string;
  readonly to?: string;
}

export interface ListedDocument {
  readonly id: string;
  /** The caller's own id of the customer. */
  readonly customerId: string;
}

/** Where the documents of a kind are. */
export interface TaxableDocuments {
  /** As the database has it now, or null. */
  find(em: EntityManager, id: string): Promise<TaxableDocument | null>;
  /** Those that there are of these ids, up to 250, to be looked at only. */
  findMany(em: EntityManager, ids: readonly string[]): Promise<SeenDocument[]>;
  /** As `find`, locked until the transaction ends. */
  lock(em: EntityManager, id: string): Promise<TaxableDocument | null>;
  /** Those that are issued, in force and not taxed by another strategy, in the order of their making. */
  list(em: EntityManager, request: DocumentsRequest): Promise<ListedDocument[]>;
}

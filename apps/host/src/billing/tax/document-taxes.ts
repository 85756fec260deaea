import type { TaxCalculation, TaxDocument, TaxDocumentKind, TaxDocumentReference } from '@anrok-nest/tax';
import { EntityManager } from '@mikro-orm/core';
import { Injectable } from '@nestjs/common';
import { EventEmitter2 } from '@nestjs/event-emitter';
import { validate } from 'uuid';
import { taxableCreditNotes } from '../credit-note/taxable-credit-note.js';
import { taxableFees } from '../fee/taxable-fee.js';
import type { InvoiceTaxProblem } from '../invoice/invoice-error-detail.js';
import { documentVersion } from './document-version.js';
import type {
  Booked,
  DocumentsRequest,
  DocumentStanding,
  SeenDocument,
  TaxableDocument,
  TaxableDocuments,
} from './taxable-document.js';
import { taxableInvoices } from './taxable-invoice.js';

/** A document to be taxed. */
export interface DocumentToTax {
  readonly document: TaxDocument;
  readonly standing: DocumentStanding;
  /** Code of the strategy that it is, or was, taxed by; null as long as that is open. */
  readonly taxStrategy: string | null;
  readonly booked: Booked;
  /** Changes whenever the document does. */
  readonly version: string;
}

type Key = Pick<TaxDocumentReference, 'kind' | 'id'>;

interface KeyedTaxes {
  readonly key: Key;
  readonly calculation: TaxCalculation;
  /** Of the document that was taxed. */
  readonly version: string;
}

const KINDS: Record<TaxDocumentKind, TaxableDocuments> = {
  invoice: taxableInvoices,
  credit_note: taxableCreditNotes,
  fee: taxableFees,
};

/**
 * Billing's door for whoever settles taxes later: what is to be taxed, here is its tax, or why there is none. Joins the
 * caller's transaction where there is one. Needs nothing of the rest of billing, so that a tax strategy can depend on
 * it while billing depends on the strategy.
 */
@Injectable()
export class DocumentTaxes {
  constructor(
    private readonly em: EntityManager,
    private readonly events: EventEmitter2,
  ) {}

  /** The document as it is now, or null when there is none of that kind and id. */
  async load({ kind, id }: Key): Promise<DocumentToTax | null> {
    const taxable = await KINDS[kind].find(this.em, id);
    return taxable && toDocumentToTax(taxable);
  }

  /** The same for many, in their order, with a few queries for all. */
  async loadMany(keys: readonly Key[]): Promise<(DocumentToTax | null)[]> {
    const seen = new Map<string, SeenDocument>();
    for (const [kind, some] of Map.groupBy(keys, (key) => key.kind))
      for (const one of await KINDS[kind].findMany(
        this.em,
        // PostgreSQL fails on what is no UUID instead of not finding it
        some.map(({ id }) => id).filter((id) => validate(id)),
      ))
        seen.set(`${kind}:${one.document.id}`, one);
    return keys.map(({ kind, id }) => {
      const one = seen.get(`${kind}:${id}`);
      return one ? toDocumentToTax(one) : null;
    });
  }

  /** Documents that are issued, in force and not taxed by another strategy, in the order of their making. */
  async list(kind: TaxDocumentKind, request: DocumentsRequest): Promise<TaxDocumentReference[]> {
    const found = await KINDS[kind].list(this.em, request);
    return found.map((one) => ({ kind, ...one }));
  }

  /**
   * Writes the taxes to the document and finalizes it, also when it had failed before. Applying the same again is
   * harmless. A finalized document takes other taxes over too, and so does a voided one: it has to say what the
   * authorities were told.
   *
   * @returns `stale` when the document no longer says what was taxed, or is gone: tax it anew
   * @throws TaxError `taxes_do_not_fit` when the calculation is not the answer to this document
   */
  async apply(key: Key, calculation: TaxCalculation, version: string): Promise<'applied' | 'stale'> {
    const [answer] = await this.applyMany([{ key, calculation, version }]);
    return answer!;
  }

  /** The same for many, all or nothing of them; answers in their order. */
  applyMany(taxed: readonly KeyedTaxes[]): Promise<('applied' | 'stale')[]> {
    const keys = taxed.map(({ key }) => key);
    return this.locked(keys, (taxable, index) => {
      const { calculation, version } = taxed[index]!;
      if (!taxable || documentVersion(taxable.document) !== version) return 'stale';
      taxable.apply(calculation);
      return 'applied';
    });
  }

  /**
   * Shows on the document why it has no tax, or why the authorities still count it although it counts no more. Does
   * nothing to one that has its tax, or that is gone.
   */
  async fail(key: Key, problem: InvoiceTaxProblem): Promise<void> {
    await this.locked([key], (taxable) => taxable?.report(problem));
  }

  /**
   * The authorities have nothing to hear of the document any more, because it counts no more, or what it takes back
   * does: whatever problem there was with that is over.
   */
  async settled(key: Key): Promise<void> {
    await this.locked([key], (taxable) => taxable?.settled());
  }

  private locked<T>(keys: readonly Key[], work: (taxable: TaxableDocument | null, index: number) => T): Promise<T[]> {
    return this.em.transactional(async () => {
      const taxables: (TaxableDocument | null)[] = [];
      for (const { kind, id } of keys) taxables.push(await KINDS[kind].lock(this.em, id));
      const results = taxables.map(work);
      await this.em.flush();
      for (const taxable of taxables) await taxable?.tell?.(this.events);
      return results;
    });
  }
}

function toDocumentToTax({ document, standing, taxStrategy, booked }: SeenDocument): DocumentToTax {
  return { document, standing, taxStrategy, booked, version: documentVersion(document) };
}

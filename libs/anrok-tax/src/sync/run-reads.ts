import { AsyncResource } from 'node:async_hooks';
import { InvalidTaxDocumentError, type TaxDocumentReference } from '@anrok-nest/tax';
import { EntityManager, RequestContext } from '@mikro-orm/core';
import { Injectable } from '@nestjs/common';
import DataLoader from 'dataloader';
import { DocumentMapper, type DocumentToMap } from '../connection/document-mapper.js';
import { readLinks, type UsableLink } from '../connection/usable-link.js';
import { BillingHost, type HostDocument } from '../host/billing-host.js';
import type { TransactionDraft } from '../mapping/to-anrok-transactions.js';
import { HeldTransaction } from '../records/held-transaction.entity.js';

/** What every run reads: at once for all runs that ask at the same moment, and never from memory. */
@Injectable()
export class RunReads {
  private readonly heldOf = together((recordIds: readonly string[]) => this.readHeld(recordIds));
  private readonly linkOf = together((customerIds: readonly string[]) => this.linksOf(customerIds));
  private readonly documentOf = together((references: readonly TaxDocumentReference[]) => this.load(references));
  private readonly draftsOf = together((documents: readonly DocumentToMap[]) => this.readDrafts(documents));

  constructor(
    private readonly em: EntityManager,
    private readonly host: BillingHost,
    private readonly mapper: DocumentMapper,
  ) {}

  /**
   * The document as the host has it now; null when it has none. Throws what the host throws.
   *
   * @throws InvalidTaxDocumentError when it is another document: recorded, it would take the place of that one
   */
  async document(reference: TaxDocumentReference): Promise<HostDocument | null> {
    const loadsMany = this.host.loadDocuments !== BillingHost.prototype.loadDocuments;
    const loaded = await (loadsMany ? this.documentOf.load(reference) : this.loadOne(reference));
    const { kind, id } = reference;
    if (loaded && (loaded.document.kind !== kind || loaded.document.id !== id))
      throw new InvalidTaxDocumentError('id', `is not that of ${kind} ${id}, which was asked for`);
    return loaded;
  }

  /** What Anrok is known to hold of a record's document. */
  held(recordId: string): Promise<readonly HeldTransaction[]> {
    return this.heldOf.load(recordId);
  }

  /** The customer's link, with its connection; null when it has none. */
  link(customerId: string): Promise<UsableLink | null> {
    return this.linkOf.load(customerId);
  }

  /** The transactions that a document is at Anrok. @throws ItemsNotMappedError, CustomerAddressUnusableError */
  drafts(document: DocumentToMap): Promise<readonly TransactionDraft[]> {
    return this.draftsOf.load(document);
  }

  private loadOne(reference: TaxDocumentReference): Promise<HostDocument | null> {
    return RequestContext.create(this.em, () => this.host.loadDocument(reference));
  }

  /** What can't be loaded together is loaded one by one, so that each fails for itself. */
  private async load(references: readonly TaxDocumentReference[]): Promise<readonly (HostDocument | null | Error)[]> {
    if (references.length > 1)
      try {
        return await RequestContext.create(this.em, () => this.host.loadDocuments(references));
      } catch {
        // whose fault it is shows below
      }
    const settled = await Promise.allSettled(references.map((reference) => this.loadOne(reference)));
    return settled.map((one) => (one.status === 'fulfilled' ? one.value : toError(one.reason)));
  }

  private async readHeld(recordIds: readonly string[]) {
    const ofThese = { record: { $in: [...recordIds] } };
    const held = await this.em.fork().find(HeldTransaction, ofThese, { disableIdentityMap: true });
    const byRecord = Map.groupBy(held, ({ record }) => record.id);
    return recordIds.map((id) => byRecord.get(id) ?? []);
  }

  private async linksOf(customerIds: readonly string[]) {
    const links = await readLinks(this.em.fork(), customerIds);
    return customerIds.map((id) => links.get(id) ?? null);
  }

  private async readDrafts(documents: readonly DocumentToMap[]) {
    const draftsOf = await this.mapper.forMany(documents);
    return documents.map((document) => {
      try {
        return draftsOf(document);
      } catch (error) {
        return toError(error);
      }
    });
  }
}

function toError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown), { cause: thrown });
}

/** Databases take only so many values in a query. */
const MOST = 200;

function together<Key, Value>(read: (keys: readonly Key[]) => Promise<readonly (Value | Error)[]>) {
  return new DataLoader<Key, Value>(read, {
    cache: false,
    maxBatchSize: MOST,
    // a turn of the event loop, so that answers of several runs that came together go on together; and as if from here
    batchScheduleFn: AsyncResource.bind((dispatch: () => void) => void setImmediate(dispatch)),
  });
}

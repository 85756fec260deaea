import type { TaxCustomer, TaxDocument, TaxDocumentReference } from '@anrok-nest/tax';
import { Injectable } from '@nestjs/common';
import {
  BillingHost,
  type CustomerPage,
  type CustomerPageRequest,
  type DocumentPage,
  type DocumentPageRequest,
  type DocumentProblem,
  type DocumentTaxes,
  type HostDocument,
  type HostItem,
  type ItemPage,
  type ItemPageRequest,
} from '../host/billing-host.js';

/** A billing system in memory, for tests of what stands around the module. Unlike a real one it does not roll back. */
@Injectable()
export class InMemoryBillingHost extends BillingHost {
  private readonly documents = new Map<string, HostDocument>();
  private readonly taxes = new Map<string, DocumentTaxes>();
  private readonly problems = new Map<string, DocumentProblem>();
  /** In which order documents first came; a change or a removal moves no other. */
  private readonly places = new Map<string, number>();
  private readonly customers = new Map<string, TaxCustomer>();
  private readonly items: HostItem[] = [];
  private version = 0;

  /** Stores a document, or what has become of it. */
  put(document: TaxDocument, standing: HostDocument['standing'] = 'final'): TaxDocumentReference {
    const { kind, id, customer } = document;
    this.version += 1;
    this.customers.set(customer.id, customer);
    if (!this.places.has(key({ kind, id }))) this.places.set(key({ kind, id }), this.places.size + 1);
    this.documents.set(key({ kind, id }), { document, standing, version: String(this.version) });
    return { kind, id, customerId: customer.id };
  }

  putCustomer(customer: TaxCustomer): void {
    this.customers.set(customer.id, customer);
  }

  remove(reference: Pick<TaxDocumentReference, 'kind' | 'id'>): void {
    this.documents.delete(key(reference));
  }

  /** Has a document lose its taxes, as no billing system should. */
  loseTaxes(reference: Pick<TaxDocumentReference, 'kind' | 'id'>): void {
    this.taxes.delete(key(reference));
  }

  /** Has something to sell. */
  sell(item: HostItem): void {
    this.items.push(item);
  }

  taxesOf(reference: Pick<TaxDocumentReference, 'kind' | 'id'>): DocumentTaxes | undefined {
    return this.taxes.get(key(reference));
  }

  /** The last one that was reported since the document last got its taxes. */
  problemOf(reference: Pick<TaxDocumentReference, 'kind' | 'id'>): DocumentProblem | undefined {
    return this.problems.get(key(reference));
  }

  override async loadDocument(reference: TaxDocumentReference): Promise<HostDocument | null> {
    const document = this.documents.get(key(reference));
    if (!document) return null;
    const { taxAmountToCollect = null, totalAmount = null } = this.taxes.get(key(reference))?.calculation ?? {};
    return { ...document, booked: { number: null, taxAmount: taxAmountToCollect, totalAmount } };
  }

  override async applyTaxes(reference: TaxDocumentReference, taxes: DocumentTaxes): Promise<'applied' | 'stale'> {
    if (this.documents.get(key(reference))?.version !== taxes.version) return 'stale';
    this.taxes.set(key(reference), taxes);
    this.problems.delete(key(reference));
    return 'applied';
  }

  override async confirmVoided(reference: TaxDocumentReference): Promise<void> {
    this.taxes.delete(key(reference));
    this.problems.delete(key(reference));
  }

  override async reportProblem(reference: TaxDocumentReference, problem: DocumentProblem): Promise<void> {
    this.problems.set(key(reference), problem);
  }

  override async listDocuments({ after, limit, from, to }: DocumentPageRequest): Promise<DocumentPage> {
    const documents: TaxDocumentReference[] = [];
    for (const [key, place] of this.places) {
      if (place <= Number(after ?? 0)) continue;
      const { document, standing } = this.documents.get(key) ?? {};
      if (!document || standing === 'draft' || standing === 'voided') continue;
      const { kind, id, customer, accountingDate } = document;
      if ((from && accountingDate < from) || (to && accountingDate > to)) continue;
      documents.push({ kind, id, customerId: customer.id });
      if (documents.length === limit) return { documents, next: String(place) };
    }
    return { documents };
  }

  override async listCustomers({ search = '', after, limit }: CustomerPageRequest): Promise<CustomerPage> {
    const wanted = search.toLowerCase();
    const found = [...this.customers.values()]
      .filter(({ id, name = '' }) => [id, name].some((text) => text.toLowerCase().includes(wanted)))
      .toSorted((a, b) => (a.id < b.id ? -1 : 1))
      .filter(({ id }) => after === undefined || id > after);
    const customers = found.slice(0, limit).map(({ id, name }) => ({ id, ...(name !== undefined && { name }) }));
    return { customers, ...(found.length > limit && { next: customers.at(-1)!.id }) };
  }

  /** As its last document had it, or as `putCustomer` said since. */
  override async loadCustomer(customerId: string): Promise<TaxCustomer | undefined> {
    return this.customers.get(customerId);
  }

  override async listItems({ search, type, after, limit }: ItemPageRequest): Promise<ItemPage> {
    const isMeant = ({ type: own, id, name }: HostItem) =>
      (type === undefined || own === type) && (search === undefined || includes(id, search) || includes(name, search));
    const from = Number(after ?? 0);
    const items = this.items.filter(isMeant).slice(from, from + limit);
    return { items, ...(items.length === limit && { next: String(from + limit) }) };
  }
}

function includes(text: string, part: string): boolean {
  return text.toLowerCase().includes(part.toLowerCase());
}

function key({ kind, id }: Pick<TaxDocumentReference, 'kind' | 'id'>): string {
  return `${kind}:${id}`;
}

import {
  BillingHost,
  type CustomerPage,
  type CustomerPageRequest,
  type DocumentPage,
  type DocumentPageRequest,
  type DocumentProblem,
  type DocumentTaxes,
  type HostDocument,
  type ItemPage,
  type ItemPageRequest,
  type TaxedDocument,
} from '@anrok-nest/module';
import type { TaxCustomer, TaxDocumentReference } from '@anrok-nest/tax';
import { Injectable } from '@nestjs/common';
import {
  DocumentTaxes as Documents,
  type DocumentToTax,
  SOLD_TYPES,
  type SoldItem,
  SoldItems,
  TaxableCustomers,
} from '../billing/index.js';
import { TaxProblemWebhooks } from './tax-problem.webhooks.js';

/** The strategy's code, as documents remember who taxed them. */
const ANROK = 'anrok';

/** In the order in which they are listed. */
const KINDS = ['invoice', 'credit_note', 'fee'] as const;

/** This host's documents, as AnrokTaxModule reads and writes them. */
@Injectable()
export class BillingHostAdapter extends BillingHost {
  constructor(
    private readonly documents: Documents,
    private readonly webhooks: TaxProblemWebhooks,
    private readonly sold: SoldItems,
    private readonly customers: TaxableCustomers,
  ) {
    super();
  }

  /** What another strategy has taxed is none of Anrok's business, whoever taxes the customer by now. */
  override async loadDocument(reference: TaxDocumentReference): Promise<HostDocument | null> {
    return unlessForeign(await this.documents.load(reference));
  }

  override async loadDocuments(references: readonly TaxDocumentReference[]): Promise<(HostDocument | null)[]> {
    const loaded = await this.documents.loadMany(references);
    return loaded.map(unlessForeign);
  }

  override applyTaxes(reference: TaxDocumentReference, taxes: DocumentTaxes): Promise<'applied' | 'stale'> {
    return this.documents.apply(reference, taxes.calculation, taxes.version);
  }

  override applyTaxesToMany(taxed: readonly TaxedDocument[]): Promise<('applied' | 'stale')[]> {
    return this.documents.applyMany(
      taxed.map(({ document, taxes: { calculation, version } }) => ({ key: document, calculation, version })),
    );
  }

  override confirmVoided(reference: TaxDocumentReference): Promise<void> {
    return this.documents.settled(reference);
  }

  override async reportProblem(document: TaxDocumentReference, problem: DocumentProblem): Promise<void> {
    await this.documents.fail(document, problem);
    await this.webhooks.documentFailed(document, problem);
  }

  /** One kind after the other: `after` is `kind:id`, or `kind:` where a kind begins. */
  override async listDocuments({ after = `${KINDS[0]}:`, limit, ...days }: DocumentPageRequest): Promise<DocumentPage> {
    const [kind, last] = after.split(':') as [(typeof KINDS)[number], string];
    const found = await this.documents.list(kind, { ...days, limit, taxStrategy: ANROK, ...(last && { after: last }) });
    const nextKind = KINDS[KINDS.indexOf(kind) + 1];
    const next = found.length === limit ? `${kind}:${found.at(-1)!.id}` : nextKind && `${nextKind}:`;
    return { documents: found, ...(next && { next }) };
  }

  override async listCustomers({ limit, ...request }: CustomerPageRequest): Promise<CustomerPage> {
    const found = await this.customers.list({ ...request, limit: limit + 1 });
    const customers = found.slice(0, limit);
    return { customers, ...(found.length > limit && { next: customers.at(-1)!.id }) };
  }

  override loadCustomer(customerId: string): Promise<TaxCustomer | undefined> {
    return this.customers.find(customerId);
  }

  /** One type after the other: `after` is `type:code`, the last item that was listed. */
  override async listItems({ search, type, after, limit }: ItemPageRequest): Promise<ItemPage> {
    const last = after === undefined ? undefined : toPlace(after);
    const types = SOLD_TYPES.filter((one) => type === undefined || one === type);
    const items: SoldItem[] = [];
    for (const one of types.slice(last ? Math.max(types.indexOf(last.type), 0) : 0)) {
      const rest = limit - items.length;
      items.push(
        ...(await this.sold.list(one, { limit: rest, ...(search && { search }), ...(last && { after: last }) })),
      );
      if (items.length === limit) break;
    }
    const lastItem = items.length === limit ? items.at(-1) : undefined;
    return { items, ...(lastItem && { next: `${lastItem.type}:${lastItem.id}` }) };
  }
}

function unlessForeign(loaded: DocumentToTax | null): HostDocument | null {
  return loaded && [ANROK, null].includes(loaded.taxStrategy) ? loaded : null;
}

/** A code may hold colons, a type none. */
function toPlace(after: string) {
  const colon = after.indexOf(':');
  return { type: after.slice(0, colon) as (typeof SOLD_TYPES)[number], code: after.slice(colon + 1) };
}

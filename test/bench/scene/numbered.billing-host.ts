import { BillingHost, type DocumentPage, type DocumentPageRequest, type HostDocument } from '@anrok-nest/module';
import type { TaxDocument, TaxDocumentReference } from '@anrok-nest/tax';

export const CUSTOMER = 'cus-1';

/** The reference of the n-th invoice. */
export function invoice(number: number): TaxDocumentReference {
  return { kind: 'invoice', id: `inv-${String(number).padStart(8, '0')}`, customerId: CUSTOMER };
}

/** A document of so many lines, in different amounts; its customer is in Denver. */
export function documentOf(id: string, lines = 10): TaxDocument {
  const address = { line1: '1450 Cherokee St', city: 'Denver', region: 'CO', postalCode: '80204', country: 'US' };
  return {
    kind: 'invoice',
    id,
    currency: 'USD',
    accountingDate: '2026-03-15',
    customer: { id: CUSTOMER, name: 'Acme Inc', taxIds: [], billingAddress: address },
    lines: Array.from({ length: lines }, (_, index) => ({
      id: `line-${index}`,
      item: { type: 'add_on', id: 'setup' },
      amount: 1_000 + index,
      taxIncluded: false,
    })),
  };
}

/**
 * A billing system that costs nothing: any number of invoices, made up when they are asked for, in every process the
 * same; and no memory of what became of them.
 */
export class NumberedBillingHost extends BillingHost {
  /** How many it lists. */
  count = 0;

  override async loadDocument({ id }: TaxDocumentReference): Promise<HostDocument> {
    return { document: documentOf(id), standing: 'final', version: '1' };
  }

  override async applyTaxes(): Promise<'applied'> {
    return 'applied';
  }

  override async confirmVoided(): Promise<void> {}

  override async reportProblem(): Promise<void> {}

  override async listDocuments({ after, limit }: DocumentPageRequest): Promise<DocumentPage> {
    const from = Number(after ?? 0);
    const until = Math.min(from + limit, this.count);
    const documents = Array.from({ length: until - from }, (_, index) => invoice(from + index));
    return { documents, ...(until < this.count && { next: String(until) }) };
  }
}

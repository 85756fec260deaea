import type { HostDocument } from '@anrok-nest/module';
import type { TaxDocumentReference } from '@anrok-nest/tax';
import { NumberedBillingHost } from './numbered.billing-host.ts';

/** The same billing system, and its books say that every document has its tax. */
export class BookedBillingHost extends NumberedBillingHost {
  /** Of each of its documents, in minor units. */
  static taxAmount = 0;

  override async loadDocument(reference: TaxDocumentReference): Promise<HostDocument> {
    const { taxAmount } = BookedBillingHost;
    return { ...(await super.loadDocument(reference)), booked: { number: null, taxAmount, totalAmount: null } };
  }
}

import { BillingHost, type DocumentProblem, type DocumentTaxes, type HostDocument } from '@anrok-nest/module';
import type { TaxDocumentReference } from '@anrok-nest/tax';
import { Injectable } from '@nestjs/common';
import { InvoiceTaxes } from '../billing/index.js';

/** This host's invoices, as AnrokTaxModule reads and writes them. */
@Injectable()
export class BillingHostAdapter extends BillingHost {
  constructor(private readonly invoices: InvoiceTaxes) {
    super();
  }

  override async loadDocument({ kind, id }: TaxDocumentReference): Promise<HostDocument | null> {
    if (kind !== 'invoice') return null;
    const invoice = await this.invoices.load(id);
    return (
      invoice && { document: invoice.document, version: invoice.version, standing: invoice.final ? 'final' : 'draft' }
    );
  }

  override applyTaxes({ id }: TaxDocumentReference, taxes: DocumentTaxes): Promise<'applied' | 'stale'> {
    return this.invoices.apply(id, taxes.calculation, taxes.version);
  }

  override reportProblem({ id }: TaxDocumentReference, problem: DocumentProblem): Promise<void> {
    return this.invoices.fail(id, problem);
  }
}

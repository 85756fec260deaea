import type { TaxCalculation, TaxDocument } from '@anrok-nest/tax';
import { EntityManager } from '@mikro-orm/core';
import { Injectable } from '@nestjs/common';
import { findInvoice, lockInvoice } from '../invoice/find-invoice.js';
import type { InvoiceTaxProblem } from '../invoice/invoice-error-detail.js';
import { applyTaxes } from './apply-taxes.js';
import { documentVersion } from './document-version.js';
import { reportTaxProblem } from './report-tax-problem.js';
import { toTaxDocument } from './to-tax-document.js';

/** An invoice to be taxed. */
export interface InvoiceToTax {
  readonly document: TaxDocument;
  /** Whether it counts: it is issued, and the authorities have to hear of it. */
  readonly final: boolean;
  /** Changes whenever the document does. */
  readonly version: string;
}

/**
 * Billing's door for whoever settles taxes later: what is to be taxed, here is its tax, or why there is none. Joins the
 * caller's transaction where there is one. Needs nothing of the rest of billing, so that a tax strategy can depend on
 * it while billing depends on the strategy.
 */
@Injectable()
export class InvoiceTaxes {
  constructor(private readonly em: EntityManager) {}

  /** The invoice as it is now, or null when there is none of that id. */
  async load(invoiceId: string): Promise<InvoiceToTax | null> {
    const invoice = await findInvoice(this.em, invoiceId);
    if (!invoice) return null;
    const document = toTaxDocument(invoice);
    // this billing has no drafts: an invoice is issued when it is made
    return { document, final: true, version: documentVersion(document) };
  }

  /**
   * Writes the taxes to the invoice and finalizes it, also when it had failed before. Applying the same again is
   * harmless. A finalized invoice takes other taxes over too: it has to say what the authorities were told.
   *
   * @returns `stale` when the invoice no longer says what was taxed, or is gone: tax it anew
   * @throws TaxError `taxes_do_not_fit` when the calculation is not the answer to this document
   */
  async apply(invoiceId: string, calculation: TaxCalculation, version: string): Promise<'applied' | 'stale'> {
    return this.em.transactional(async () => {
      const invoice = await lockInvoice(this.em, invoiceId);
      if (!invoice || documentVersion(toTaxDocument(invoice)) !== version) return 'stale';
      applyTaxes(invoice, calculation);
      return 'applied';
    });
  }

  /** Shows on the invoice why it has no tax. Does nothing to one that has it, or that is gone. */
  async fail(invoiceId: string, problem: InvoiceTaxProblem): Promise<void> {
    await this.em.transactional(async () => {
      const invoice = await lockInvoice(this.em, invoiceId);
      if (invoice) reportTaxProblem(invoice, problem);
    });
  }
}

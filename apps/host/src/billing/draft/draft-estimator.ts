import { type TaxCalculation, type TaxDocument, TaxError, type TaxProblem, TaxStrategyRegistry } from '@anrok-nest/tax';
import { EntityManager } from '@mikro-orm/core';
import { Injectable } from '@nestjs/common';
import { EventEmitter2 } from '@nestjs/event-emitter';
import { findInvoice, lockInvoice } from '../invoice/find-invoice.js';
import type { Invoice } from '../invoice/invoice.entity.js';
import { INVOICE_DRAFT_TAX_FAILED, InvoiceDraftTaxFailed } from '../invoice/invoice.event.js';
import { type InvoiceTaxProblem, toErrorDetail } from '../invoice/invoice-error-detail.js';
import { applyEstimate } from '../tax/apply-taxes.js';
import { documentVersion } from '../tax/document-version.js';
import { toTaxDocument } from '../tax/to-tax-document.js';

/** Somebody who changes the same draft again and again is not waited for: whoever was last estimates it too. */
const MOST_ATTEMPTS = 3;

type Answer = { readonly calculation: TaxCalculation } | { readonly problem: TaxProblem; readonly error: unknown };

/** Finds out what the tax of a draft would be. Nothing is recorded anywhere, and nobody is asked in a transaction. */
@Injectable()
export class DraftEstimator {
  constructor(
    private readonly em: EntityManager,
    private readonly events: EventEmitter2,
    private readonly strategies: TaxStrategyRegistry,
  ) {}

  /**
   * Writes the tax to the draft, or why there is none, and tells that if the draft did not show it before. Does nothing
   * to an invoice that is no draft any more; a draft that changed meanwhile is estimated anew.
   *
   * @throws whatever is no TaxError, once the draft shows it
   */
  async estimate(invoiceId: string): Promise<void> {
    for (let attempt = 1; attempt <= MOST_ATTEMPTS; attempt++) {
      const draft = await findInvoice(this.em, invoiceId);
      if (draft?.status !== 'draft') return;
      const document = toTaxDocument(draft);
      const answer = await this.ask(document);
      if (await this.writeDown(document, answer)) return;
    }
  }

  private async ask(document: TaxDocument): Promise<Answer> {
    try {
      const strategy = await this.strategies.for(document.customer);
      return { calculation: await strategy.estimate(document, { purpose: 'draft' }) };
    } catch (error) {
      return { problem: error instanceof TaxError ? error.problem : UNKNOWN, error };
    }
  }

  /** Answers whether that is the end of it. */
  private async writeDown(document: TaxDocument, answer: Answer): Promise<boolean> {
    const isWritten = await this.em.transactional(async (em) => {
      const draft = await lockInvoice(em, document.id);
      if (draft?.status !== 'draft') return true;
      if (documentVersion(toTaxDocument(draft)) !== documentVersion(document)) return false;
      if ('calculation' in answer) applyEstimate(draft, answer.calculation);
      // somebody else may have had an answer to the same question
      else if (draft.totalAmountCents === null) await this.report(draft, { ...answer.problem, next: 'failed' });
      return true;
    });
    if ('error' in answer && !(answer.error instanceof TaxError)) throw answer.error;
    return isWritten;
  }

  /** Who asks again and meets the same, as every run does, tells nobody. */
  private async report(draft: Invoice, problem: InvoiceTaxProblem): Promise<void> {
    const shown = draft.errorDetails[0]?.problem;
    draft.errorDetails = [toErrorDetail(problem)];
    if (shown?.code === problem.code && shown.message === problem.message) return;
    await this.em.flush();
    const event = new InvoiceDraftTaxFailed(draft.id, draft.customer.externalId, problem);
    await this.events.emitAsync(INVOICE_DRAFT_TAX_FAILED, event);
  }
}

/** What is nobody's fault but ours says nothing about itself. */
const UNKNOWN: TaxProblem = {
  code: 'estimate_failed',
  message: 'The tax of this draft could not be estimated.',
  remedy: 'Refresh the invoice; when it happens again, look into the log of the host.',
  retry: 'later',
  details: {},
};

import type { AnrokComputedTransaction, AnrokTransaction } from '@anrok-nest/client';
import type { TaxCalculation, TaxDocument } from '@anrok-nest/tax';
import { EntityManager, LockMode } from '@mikro-orm/core';
import { Injectable } from '@nestjs/common';
import { Clock } from '../clock.js';
import { assertTaxAsCharged } from '../mapping/credited-tax.js';
import { mergePieces } from '../mapping/merge-pieces.js';
import { toCreditTransactions } from '../mapping/to-credit-transactions.js';
import { toTaxCalculation } from '../mapping/to-tax-calculation.js';
import { toTransactionId } from '../mapping/transaction-id.js';
import { AnrokTaxOptions } from '../options/resolve-options.js';
import { HeldTransaction } from '../records/held-transaction.entity.js';
import { TaxSyncRecord } from '../records/tax-sync-record.entity.js';
import { countsAtAnrok } from './counts-at-anrok.js';
import { CreditAllotment } from './credit-allotment.js';
import { RunReads } from './run-reads.js';
import { CreditedInvoiceNotRecordedError } from './sync.error.js';
import type { SyncRun } from './sync-run.js';
import type { SyncTarget } from './sync-target.js';

/**
 * What Anrok should hold of a credit note: what it takes back of its invoice, as the invoice was recorded, and only
 * while the invoice counts. A note of an invoice that is void takes back nothing: the void took back all of it.
 */
@Injectable()
export class CreditNoteTargets {
  constructor(
    private readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly options: AnrokTaxOptions,
    private readonly reads: RunReads,
    private readonly allotment: CreditAllotment,
  ) {}

  /** @throws CreditedInvoiceNotRecordedError, CreditExceedsInvoiceError */
  async of(run: SyncRun, document: TaxDocument): Promise<SyncTarget> {
    const invoiceId = document.creditedInvoiceId!;
    // written before the invoice is looked at: from now on, whatever becomes of the invoice makes this note due again
    await this.allotment.tie(run, invoiceId);
    const invoice = await this.invoiceRecord(invoiceId);
    const nothing: SyncTarget = { drafts: [], connection: invoice?.connection ?? run.connection };
    const credited = await this.reads.document({ kind: 'invoice', id: invoiceId, customerId: run.customerId });
    if (!credited || (credited.standing !== 'draft' && !countsAtAnrok(credited.standing, this.options))) return nothing;
    // an invoice from before its customer was Anrok's is not Anrok's, and no more are its credits
    if (!invoice && !run.link) return nothing;
    if (invoice?.status !== 'synced') throw new CreditedInvoiceNotRecordedError(document.id, invoiceId);

    const recorded = await this.em.find(
      HeldTransaction,
      { record: invoice.id, state: 'recorded' },
      { orderBy: { transactionId: 'asc' }, refresh: true },
    );
    const known = recorded.flatMap(({ request, answer }) => (request && answer ? [{ request, answer }] : []));
    const requests = known.map(({ request }) => request);
    const intervals = await this.allotment.allot(run, document, invoice, amountsOf(requests));
    const { drafts, pieces } = toCreditTransactions(document, {
      toTransactionId: (part) =>
        toTransactionId(this.options.transactionIdPrefix, document, { part, generation: run.generation }),
      invoice: requests,
      intervals,
      now: this.clock.now(),
    });
    const taxed = (answers: readonly AnrokComputedTransaction[]) =>
      toTaxCalculation({ currency: document.currency, lines: pieces }, answers);
    return {
      drafts,
      connection: invoice.connection,
      assertAsCharged: (answers) => assertTaxAsCharged(document, pieces, taxed(answers), chargedOf(known)),
      calculate: (answers) => mergePieces(document, pieces, taxed(answers)),
    };
  }

  /**
   * As it is once whoever writes down a run of the invoice at this moment has committed: that may have looked for notes
   * to raise before this one was tied, and would be seen as not done yet.
   */
  private async invoiceRecord(invoiceId: string): Promise<TaxSyncRecord | null> {
    const invoice = { documentKind: 'invoice' as const, documentId: invoiceId };
    await this.em
      .fork()
      .transactional((em) => em.findOne(TaxSyncRecord, invoice, { lockMode: LockMode.PESSIMISTIC_READ }));
    return this.em.findOne(TaxSyncRecord, invoice, { populate: ['connection'], refresh: true });
  }
}

/** The tax of an invoice by what was recorded of it. */
function chargedOf(
  recorded: readonly { readonly request: AnrokTransaction; readonly answer: AnrokComputedTransaction }[],
): TaxCalculation {
  const items = recorded.flatMap(({ request }) => request.lineItems);
  const lines = items.map(({ id, amount, isTaxIncludedInAmount }) => {
    return { id: id!, amount, taxIncluded: isTaxIncludedInAmount ?? false };
  });
  const answers = recorded.map(({ answer }) => answer);
  return toTaxCalculation({ currency: recorded[0]!.request.currencyCode, lines }, answers);
}

function amountsOf(requests: readonly AnrokTransaction[]): ReadonlyMap<string, number> {
  return new Map(requests.flatMap(({ lineItems }) => lineItems.map(({ id, amount }) => [id!, amount] as const)));
}

import { CustomerLinkService, type DocumentProblem, TaxSyncReadModel } from '@anrok-nest/module';
import type { TaxDocumentReference } from '@anrok-nest/tax';
import { EntityManager } from '@mikro-orm/core';
import { Injectable } from '@nestjs/common';
import { OnEvent } from '@nestjs/event-emitter';
import {
  Customer,
  FEE_TAX_FAILED,
  FeeTaxFailed,
  INVOICE_DRAFT_TAX_FAILED,
  InvoiceDraftTaxFailed,
  WebhookOutbox,
} from '../billing/index.js';
import { isNews } from './tax-problem.news.js';
import { toCustomerTaxError, toFeeTaxError } from './tax-problem.payload.js';

/** Tells receivers that something can't be taxed, and what to do about it. */
@Injectable()
export class TaxProblemWebhooks {
  constructor(
    private readonly em: EntityManager,
    private readonly outbox: WebhookOutbox,
    private readonly records: TaxSyncReadModel,
    private readonly links: CustomerLinkService,
  ) {}

  /**
   * A try at a document failed. Call it in the transaction that writes that down, before the record says so: what it
   * says until then is what was told before.
   */
  async documentFailed(document: TaxDocumentReference, problem: DocumentProblem): Promise<void> {
    const { kind, id, customerId } = document;
    const record = (await this.records.standings(kind, [id])).get(id)?.record;
    if (!isNews(problem, record?.problem)) return;
    await this.outbox.add('customer.tax_provider_error', async () =>
      toCustomerTaxError(await this.customer(customerId), record?.connection.code, document, problem),
    );
  }

  /** A draft has no record: it is only estimated. */
  @OnEvent(INVOICE_DRAFT_TAX_FAILED, { suppressErrors: false })
  async draftFailed({ invoiceId: id, customerId, problem }: InvoiceDraftTaxFailed): Promise<void> {
    const document = { kind: 'invoice', id, customerId } as const;
    await this.outbox.add('customer.tax_provider_error', async () =>
      toCustomerTaxError(await this.customer(customerId), await this.connectionOf(customerId), document, problem),
    );
  }

  @OnEvent(FEE_TAX_FAILED, { suppressErrors: false })
  async feeFailed(refused: FeeTaxFailed): Promise<void> {
    const { customerId } = refused;
    await this.outbox.add('fee.tax_provider_error', async () =>
      toFeeTaxError(await this.customer(customerId), await this.connectionOf(customerId), refused),
    );
  }

  /** Code of the one that taxes the customer now. */
  private async connectionOf(customerId: string): Promise<string | undefined> {
    const [link] = await this.links.of([customerId]);
    return link?.connection.code;
  }

  private customer(externalId: string): Promise<Customer> {
    return this.em.findOneOrFail(Customer, { externalId });
  }
}

import { AnrokError } from '@anrok-nest/client';
import {
  assertTaxDocument,
  type EstimateOptions,
  type TaxCalculation,
  type TaxCapabilities,
  type TaxCustomer,
  type TaxDocument,
  type TaxSettlement,
  TaxStrategy,
} from '@anrok-nest/tax';
import { Injectable } from '@nestjs/common';
import { AnrokClients } from '../connection/anrok-clients.js';
import { DocumentMapper } from '../connection/document-mapper.js';
import { ANROK, toTaxCalculation } from '../mapping/to-tax-calculation.js';
import { toTaxProblem, withItemsOfProduct } from '../mapping/to-tax-problem.js';
import { AnrokTaxOptions } from '../options/resolve-options.js';
import { TaxSyncService } from '../requests/tax-sync.service.js';
import { EstimateFailedError } from './estimate-failed.error.js';

/** Anrok computes the tax of customers that are linked to one of its connections. */
@Injectable()
export class AnrokTaxStrategy extends TaxStrategy {
  readonly code = ANROK;
  readonly capabilities: TaxCapabilities = { settles: 'later', exemptions: true, filing: true };

  constructor(
    private readonly options: AnrokTaxOptions,
    private readonly mapper: DocumentMapper,
    private readonly clients: AnrokClients,
    private readonly sync: TaxSyncService,
  ) {
    super();
  }

  async appliesTo(customer: Pick<TaxCustomer, 'id'>): Promise<boolean> {
    return (await this.mapper.findLink(customer.id)) !== null;
  }

  /**
   * Asks Anrok at once, before anything that is to be recorded, and for no longer than the caller is patient.
   *
   * @throws EstimateFailedError for whatever Anrok refused or left unanswered; the mapping's errors before it is asked
   */
  async estimate(document: TaxDocument, options: EstimateOptions = {}): Promise<TaxCalculation> {
    assertTaxDocument(document);
    const { connection, anrokCustomerId } = await this.mapper.linkOf(document.customer.id);
    const drafts = await this.mapper.toTransactions(document, connection, anrokCustomerId);
    const { transactions } = this.clients.for(connection);
    try {
      const answers = await Promise.all(
        drafts.map(({ body }) =>
          transactions.createEphemeral(body, {
            lane: 'interactive',
            timeoutMs: options.timeoutMs ?? this.options.estimateTimeoutMs,
            ...(options.signal && { signal: options.signal }),
          }),
        ),
      );
      return toTaxCalculation(document, answers);
    } catch (error) {
      if (!(error instanceof AnrokError)) throw error;
      throw new EstimateFailedError(withItemsOfProduct(toTaxProblem(error), document, drafts), error);
    }
  }

  /** Writes the request down in the caller's transaction; the tax comes through BillingHost.applyTaxes. */
  async settle(document: TaxDocument): Promise<TaxSettlement> {
    assertTaxDocument(document);
    const { kind, id, customer } = document;
    await this.mapper.linkOf(customer.id);
    await this.sync.request({ kind, id, customerId: customer.id });
    return { status: 'accepted' };
  }
}

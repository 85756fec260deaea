import { type AnrokClient, AnrokError, type ReservedPlace } from '@anrok-nest/client';
import {
  assertTaxDocument,
  type EstimateOptions,
  type EstimatePurpose,
  InvalidTaxDocumentError,
  type TaxCalculation,
  type TaxCapabilities,
  type TaxCustomer,
  type TaxDocument,
  TaxError,
  TaxPendingError,
  type TaxSettlement,
  TaxStrategy,
} from '@anrok-nest/tax';
import { Injectable } from '@nestjs/common';
import { AnrokClients } from '../connection/anrok-clients.js';
import { DocumentMapper } from '../connection/document-mapper.js';
import { type EstimateQuestion, toQuestion } from '../estimates/estimate-question.js';
import { ANROK, toTaxCalculation } from '../mapping/to-tax-calculation.js';
import { toTaxProblem, withItemsOfProduct } from '../mapping/to-tax-problem.js';
import type { EstimatePolicies, EstimatePolicy } from '../options/anrok-tax.options.js';
import { AnrokTaxOptions } from '../options/resolve-options.js';
import { TaxSyncService } from '../requests/tax-sync.service.js';
import { AnrokEstimates, type EstimateRequest } from './anrok.estimates.js';
import { EstimateFailedError } from './estimate-failed.error.js';
import { PlacesAhead } from './places-ahead.js';
import type { Patience } from './shared-calls.js';

interface WantedEstimate {
  readonly document: TaxDocument;
  /** Asked again and again, so that what is known answers it. */
  readonly isRepeated: boolean;
  readonly policy: EstimatePolicy;
  readonly patience: Patience;
}

/** Anrok computes the tax of customers that are linked to one of its connections, or come with an account there. */
@Injectable()
export class AnrokTaxStrategy extends TaxStrategy {
  readonly code = ANROK;
  readonly capabilities: TaxCapabilities = { settles: 'later', exemptions: true, filing: true };

  constructor(
    private readonly options: AnrokTaxOptions,
    private readonly mapper: DocumentMapper,
    private readonly clients: AnrokClients,
    private readonly estimates: AnrokEstimates,
    private readonly placesAhead: PlacesAhead,
    private readonly sync: TaxSyncService,
  ) {
    super();
  }

  appliesTo(customer: Pick<TaxCustomer, 'id'>): Promise<boolean> {
    return this.mapper.isLinked(customer.id);
  }

  /**
   * Asks Anrok at once, before anything that is to be recorded, and for no longer than the caller is patient; about
   * usage and wallets only where it isn't known. What is left unanswered goes by the policy for the purpose.
   *
   * @throws InvalidTaxDocumentError for a credit note, which is taxed as what Anrok holds of its invoice
   * @throws EstimateFailedError, AnswerDoesNotFitError for whatever Anrok refused or left unanswered, TaxPendingError
   * where the policy says so; the mapping's errors before Anrok is asked
   */
  async estimate(document: TaxDocument, options: EstimateOptions = {}): Promise<TaxCalculation> {
    assertTaxDocument(document);
    if (document.kind === 'credit_note')
      throw new InvalidTaxDocumentError('kind', "can't be credit_note for an estimate: it is settled by its invoice");
    const { purpose = 'draft', timeoutMs = this.options.estimateTimeoutMs, signal } = options;
    const policy = this.options.estimates[POLICY_FOR[purpose]];
    const wanted = {
      document,
      isRepeated: REPEATED.has(purpose),
      policy,
      patience: { timeoutMs, ...(signal && { signal }) },
    };
    if (wanted.isRepeated) return this.answer(wanted);
    return this.placesAhead.whileAsking(document, (placeOf) => this.answer(wanted, placeOf));
  }

  /** Writes the request down in the caller's transaction; the tax comes through BillingHost.applyTaxes. */
  async settle(document: TaxDocument): Promise<TaxSettlement> {
    assertTaxDocument(document);
    const { kind, id, customer } = document;
    await this.sync.settle({ kind, id, customerId: customer.id });
    return { status: 'accepted' };
  }

  private async answer(
    { document, isRepeated, policy, patience }: WantedEstimate,
    placeOf?: (client: AnrokClient) => ReservedPlace | undefined,
  ): Promise<TaxCalculation> {
    const { connection, drafts } = await this.mapper.forEstimate(document, isRepeated);
    if (drafts.length === 0) return toTaxCalculation(document, []);

    let asked: EstimateQuestion | undefined;
    const question = () => (asked ??= toQuestion(connection, document.customer.id, drafts));
    const client = this.clients.for(connection);
    const reserved = placeOf?.(client);
    const request = { document, drafts, question, transactions: client.transactions, ...(reserved && { reserved }) };
    try {
      return isRepeated
        ? await this.estimates.recallOrAsk(request, patience)
        : await this.estimates.ask(request, patience, policy === 'stale');
    } catch (error) {
      return this.withoutAnswer(toTaxError(error, request), request, policy, patience.signal);
    }
  }

  /** While Anrok does not answer, the policy decides. What waiting can't mend fails, and what nobody waits for. */
  private async withoutAnswer(
    error: unknown,
    request: EstimateRequest,
    policy: EstimatePolicy,
    signal?: AbortSignal,
  ): Promise<TaxCalculation> {
    if (!(error instanceof TaxError) || error.problem.retry !== 'later' || signal?.aborted) throw error;
    if (policy === 'pending') throw new TaxPendingError(error);
    const last = policy === 'stale' ? await this.estimates.recallLast(request) : undefined;
    if (!last) throw error;
    return last;
  }
}

/** Asked again and again with amounts that change, so that what is known answers them. */
const REPEATED: ReadonlySet<EstimatePurpose> = new Set(['usage', 'wallet']);

const POLICY_FOR: Readonly<Record<EstimatePurpose, keyof EstimatePolicies>> = {
  draft: 'draft',
  one_off: 'oneOff',
  preview: 'preview',
  fee: 'fee',
  usage: 'usage',
  wallet: 'wallet',
};

function toTaxError(error: unknown, { document, drafts }: EstimateRequest): unknown {
  if (!(error instanceof AnrokError)) return error;
  return new EstimateFailedError(withItemsOfProduct(toTaxProblem(error), document, drafts), error);
}

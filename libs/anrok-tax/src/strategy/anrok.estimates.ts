import {
  type AnrokComputedTransaction,
  AnrokTimeoutError,
  type AnrokTransactions,
  type ReservedPlace,
} from '@anrok-nest/client';
import { type TaxAccuracy, type TaxCalculation, type TaxDocument, TaxError } from '@anrok-nest/tax';
import { Injectable } from '@nestjs/common';
import { Clock } from '../clock.js';
import { EstimateCache } from '../estimates/estimate.cache.js';
import type { EstimateQuestion } from '../estimates/estimate-question.js';
import { type KnownAnswer, toKnownAnswer } from '../estimates/known-answer.js';
import { recallAnswer } from '../estimates/recall-answer.js';
import type { TransactionDraft } from '../mapping/to-anrok-transactions.js';
import { toTaxCalculation } from '../mapping/to-tax-calculation.js';
import { AnrokTaxOptions } from '../options/resolve-options.js';
import { EstimatesTelemetry } from '../telemetry/estimates.telemetry.js';
import { type Patience, SharedCalls } from './shared-calls.js';

/** By how much a shared call is more patient than who began it: others may have joined a little later. */
const LEEWAY_MS = 1_000;

/** A document to be estimated, in our words and in Anrok's. */
export interface EstimateRequest {
  readonly document: TaxDocument;
  readonly drafts: readonly TransactionDraft[];
  /** What decides the rates, and apart from it the amounts: only who keeps or recalls an answer need know. */
  readonly question: () => EstimateQuestion;
  /** Of the client that asks. */
  readonly transactions: AnrokTransactions;
  /** For the call, where it was asked for ahead. */
  readonly reserved?: ReservedPlace;
}

/** Estimates by asking Anrok, which records nothing, or by what it answered before. */
@Injectable()
export class AnrokEstimates {
  private readonly calls = new SharedCalls<KnownAnswer>();

  constructor(
    private readonly options: AnrokTaxOptions,
    private readonly cache: EstimateCache,
    private readonly clock: Clock,
    private readonly telemetry: EstimatesTelemetry,
  ) {}

  /** Asks, whatever is known, and keeps the answer where told to. @throws AnrokError, AnswerDoesNotFitError */
  async ask(request: EstimateRequest, patience: Patience, keep: boolean): Promise<TaxCalculation> {
    const { epochs } = keep ? await this.cache.lookUp(request.question()) : {};
    if (epochs) return (await this.learn(request, patience, epochs)).calculation;
    return toTaxCalculation(request.document, await send(request, patience));
  }

  /** Answers by what is known, and asks where that does not do: once for all who ask now. @throws as `ask` */
  async recallOrAsk(request: EstimateRequest, patience: Patience): Promise<TaxCalculation> {
    const deadline = Date.now() + patience.timeoutMs;
    const { epochs, fresh } = await this.cache.lookUp(request.question());
    const recalled = fresh && recall(request, fresh);
    this.telemetry.count(recalled ? (recalled.accuracy === 'estimated' ? 'estimated' : 'hit') : 'miss');
    if (recalled) return recalled;
    if (!epochs) return this.ask(request, patience, false);

    const timeoutMs = Math.max(patience.timeoutMs, this.options.estimateTimeoutMs) + LEEWAY_MS;
    const ask = async (signal: AbortSignal) => (await this.learn(request, { timeoutMs, signal }, epochs)).known;
    const known = await this.calls
      .join([request.question().key, ...epochs].join(), ask, patience)
      .catch((error: unknown) => {
        if (error instanceof AnrokTimeoutError && Date.now() < deadline) return undefined;
        throw error;
      });
    const shared = known && recall(request, known);
    if (shared) return shared;
    // it was somebody else's call: not as patient, or about amounts that do not tell enough for these
    return (await this.learn(request, { ...patience, timeoutMs: deadline - Date.now() }, epochs)).calculation;
  }

  /** The last known answer, while there is none to be had; undefined where none is known that would do. */
  async recallLast(request: EstimateRequest): Promise<TaxCalculation | undefined> {
    const { last } = await this.cache.lookUp(request.question());
    const recalled = last && recall(request, last, 'stale');
    if (recalled) this.telemetry.count('stale');
    return recalled;
  }

  private async learn(
    request: EstimateRequest,
    patience: Patience,
    epochs: readonly string[],
  ): Promise<{ calculation: TaxCalculation; known: KnownAnswer }> {
    const { document, question } = request;
    const answers = await send(request, patience);
    // refuses what does not fit the document, before it is known
    const calculation = toTaxCalculation(document, answers);
    const known = toKnownAnswer(question(), answers, epochs, this.clock.now());
    await this.cache.keep(question(), known);
    return { calculation, known };
  }
}

function send(
  { drafts, transactions, reserved }: EstimateRequest,
  { timeoutMs, signal }: Patience,
): Promise<AnrokComputedTransaction[]> {
  const call = { lane: 'interactive', timeoutMs, ...(reserved && { reserved }), ...(signal && { signal }) } as const;
  return Promise.all(drafts.map(({ body }) => transactions.createEphemeral(body, call)));
}

/** Undefined where what is known says nothing of this document, or does not fit it: then Anrok is asked. */
function recall(
  { document, question }: EstimateRequest,
  known: KnownAnswer,
  accuracy?: TaxAccuracy,
): TaxCalculation | undefined {
  try {
    const answer = recallAnswer(known, question());
    if (!answer) return undefined;
    return {
      ...toTaxCalculation(document, [answer]),
      accuracy: accuracy ?? (answer.isSame ? 'exact' : 'estimated'),
    };
  } catch (error) {
    if (error instanceof TaxError) return undefined;
    throw error;
  }
}

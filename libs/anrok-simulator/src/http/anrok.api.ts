import { type BooksArchive, sellerOf } from '../books/books.archive.js';
import type { SellerBooks } from '../books/seller.books.js';
import type { CallLog } from '../call.log.js';
import { messageOf } from '../error.message.js';
import { type Delivery, performWith } from '../faults/fault.performance.js';
import type { FaultScript } from '../faults/fault.script.js';
import type { Operation } from '../operations/operation.js';
import { findOperation } from '../operations/operation.catalogue.js';
import type { Features, Settings } from '../simulator.options.js';
import { type Answer, textAnswer } from './answer.js';
import { RateLimiter } from './rate.limiter.js';
import { jsonIn, type ReceivedRequest } from './received-request.js';

interface Parts {
  readonly settings: Settings;
  readonly archive: BooksArchive;
  readonly calls: CallLog;
  readonly faults: FaultScript;
  /** As they are at the moment of asking. */
  readonly features: () => Features;
}

interface AdmittedRequest {
  readonly operation: Operation;
  readonly pathId: string;
  readonly books: SellerBooks;
  readonly body: unknown;
}

/** Answers as Anrok does: path, key, rate limit, then whatever fault stands in the script, then the operation. */
export class AnrokApi {
  private readonly limiter: RateLimiter;

  constructor(private readonly parts: Parts) {
    this.limiter = new RateLimiter(parts.settings.requestsPerSecond);
  }

  /** Rejects only when the simulator closes. */
  async handle(request: ReceivedRequest, closing: AbortSignal): Promise<Delivery> {
    const { archive, calls, settings } = this.parts;
    const found = request.method === 'POST' ? findOperation(request.path) : undefined;
    const sellerId = this.sellerWithKeyIn(request.authorization);
    const books = sellerId === undefined ? undefined : archive.find(sellerId);
    const body = jsonIn(request);
    const receivedAt = settings.clock.now();
    const operation = found?.operation.name ?? null;
    const note = calls.enter({ operation, path: request.path, sellerId: sellerId ?? null, body, receivedAt });

    const refusal = (status: number, sentence: string, headers?: Record<string, string>): Delivery => {
      note({ status });
      return { as: 'whole', answer: textAnswer(status, sentence, headers) };
    };
    if (!found) return refusal(404, `There is no ${request.method} ${request.path}.`);
    if (!books) return refusal(401, 'Invalid or missing API key.');
    const seconds = this.limiter.admit(books.sellerId, receivedAt);
    if (seconds !== undefined) {
      const sentence = `You've exceeded the limit of ${settings.requestsPerSecond} requests in a second.`;
      return refusal(429, sentence, { 'Retry-After': String(seconds) });
    }
    try {
      return await this.serve({ ...found, books, body }, note, closing);
    } catch (error) {
      closing.throwIfAborted();
      // a hook of the test threw, or the books can't be written
      return refusal(500, `The simulator failed: ${messageOf(error)}`);
    }
  }

  private async serve(
    { operation, pathId, books, body }: AdmittedRequest,
    note: ReturnType<CallLog['enter']>,
    closing: AbortSignal,
  ): Promise<Delivery> {
    const { archive, faults, settings, features } = this.parts;
    await faults.pass(operation.name);
    closing.throwIfAborted();
    const fault = faults.take(operation.name);
    note({ fault: fault?.kind ?? null });
    const perform = (): Answer => {
      const now = settings.clock.now();
      const answer = operation.perform(body, { books, now, pathId, features: features(), settings });
      archive.save();
      return answer;
    };
    const delivery = await performWith(fault, perform, closing);
    note({ status: 'answer' in delivery ? delivery.answer.status : null });
    return delivery;
  }

  private sellerWithKeyIn(authorization: string | undefined): string | undefined {
    const key = /^Bearer (\S+)$/.exec(authorization ?? '')?.[1];
    return key !== undefined && this.parts.settings.apiKeys.includes(key) ? sellerOf(key) : undefined;
  }
}

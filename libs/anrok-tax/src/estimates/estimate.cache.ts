import { toLoggable } from '@anrok-nest/tax';
import { Injectable, Logger } from '@nestjs/common';
import { Keyv } from 'keyv';
import QuickLRU from 'quick-lru';
import { v7 as uuidv7 } from 'uuid';
import { Clock } from '../clock.js';
import { AnrokTaxOptions } from '../options/resolve-options.js';
import type { EstimateQuestion } from './estimate-question.js';
import { type KnownAnswer, readKnownAnswer } from './known-answer.js';
import { readOnceSerializer } from './read-once.serializer.js';

const ANSWERS_IN_MEMORY = 10_000;
/** For one word with the store. It spares calls: whoever waits for it longer than for a call has gained nothing. */
const STORE_PATIENCE_MS = 250;
/** Longer than any answer is kept. An epoch that is lost costs a call, no more. */
const EPOCH_LIFE_MS = 400 * 86_400_000;

/** What is known of a question. */
export interface Knowledge {
  /** In force now; undefined while the store is out of order: then nothing is known, and nothing can be kept. */
  readonly epochs?: readonly string[];
  /** Young enough to spare a call. */
  readonly fresh?: KnownAnswer;
  /** Young enough to stand in while there is no answer. */
  readonly last?: KnownAnswer;
}

/**
 * Keeps what Anrok answered to estimates, by the content that was asked about: after a change of address, link, mapping
 * or key another answer is known, or none. For what changes unseen, such as a certificate, the connection and the
 * customer have an epoch each: a word in the store, renewed in order to forget. An answer counts while both words are
 * those that were in force before Anrok was asked.
 *
 * A store that fails or hangs fails nobody: Anrok is asked.
 */
@Injectable()
export class EstimateCache {
  private readonly log = new Logger(EstimateCache.name);
  private readonly store: Keyv;
  private readonly renewals = new Map<string, Promise<string | undefined>>();
  /** Epochs that are over, whatever the store says. */
  private readonly over = new Set<string>();
  private isFailing = false;

  constructor(
    private readonly options: AnrokTaxOptions,
    private readonly clock: Clock,
  ) {
    this.store = new Keyv({
      store: options.estimateCache.store ?? new QuickLRU({ maxSize: ANSWERS_IN_MEMORY }),
      serialization: readOnceSerializer(),
    });
    // without a listener, a lost connection to the store would end the process
    this.store.on('error', (error: unknown) => this.complain(error));
  }

  async lookUp({ key, connectionId, customerId }: EstimateQuestion): Promise<Knowledge> {
    const names = [connectionEpoch(connectionId), customerEpoch(customerId)];
    const stored = await this.attempt(this.store.getMany<unknown>([answerTo(key), ...names]));
    if (!stored) return {};
    const [answer, ...words] = stored;
    const epochs = await Promise.all(names.map((name, index) => this.epochOf(name, words[index])));
    if (!epochs.every((epoch) => epoch !== undefined)) return {};
    const known = readKnownAnswer(answer);
    if (!known || known.epochs.join() !== epochs.join()) return { epochs };
    const { freshForMs, staleForMs } = this.options.estimateCache;
    const ageMs = this.clock.now().getTime() - known.answeredAt;
    // from a clock that was ahead, or of nobody's: how old it is can't be told
    if (ageMs < 0) return { epochs };
    return { epochs, ...(ageMs < freshForMs && { fresh: known }), ...(ageMs < staleForMs && { last: known }) };
  }

  async keep({ key }: EstimateQuestion, known: KnownAnswer): Promise<void> {
    const { freshForMs, staleForMs } = this.options.estimateCache;
    const isStaleWanted = Object.values(this.options.estimates).includes('stale');
    const lifeMs = isStaleWanted ? Math.max(freshForMs, staleForMs) : freshForMs;
    if (lifeMs > 0) await this.write(answerTo(key), known, lifeMs);
  }

  /** Whatever is known of this customer's tax counts no more: its certificates may be others. Never fails. */
  forgetCustomer(customerId: string): Promise<void> {
    return this.end(customerEpoch(customerId));
  }

  /** Whatever was learnt over this connection counts no more: its account may be set up otherwise. Never fails. */
  forgetConnection(connectionId: string): Promise<void> {
    return this.end(connectionEpoch(connectionId));
  }

  /** Where the store can't be told now, it is told before it is next asked; other processes find out then. */
  private async end(name: string): Promise<void> {
    this.over.add(name);
    await this.renew(name);
  }

  private async epochOf(name: string, stored: unknown): Promise<string | undefined> {
    return typeof stored === 'string' && !this.over.has(name) ? stored : this.renew(name);
  }

  /**
   * Starts an epoch. Whoever comes meanwhile shares it: nobody has asked Anrok under it yet, so that it also serves a
   * change that is committed already.
   */
  private renew(name: string): Promise<string | undefined> {
    const renewal = this.renewals.get(name) ?? this.start(name).finally(() => this.renewals.delete(name));
    this.renewals.set(name, renewal);
    return renewal;
  }

  private async start(name: string): Promise<string | undefined> {
    const epoch = uuidv7();
    if (!(await this.write(name, epoch, EPOCH_LIFE_MS))) return undefined;
    this.over.delete(name);
    return epoch;
  }

  private async write(key: string, value: unknown, lifeMs: number): Promise<boolean> {
    const isWritten = (await this.attempt(this.store.set(key, value, lifeMs))) === true;
    if (isWritten) this.isFailing = false;
    return isWritten;
  }

  private async attempt<Result>(work: Promise<Result>): Promise<Result | undefined> {
    const late = Promise.withResolvers<never>();
    const timer = setTimeout(
      () => late.reject(new StoreTooSlowError(`no answer within ${STORE_PATIENCE_MS} ms`)),
      STORE_PATIENCE_MS,
    );
    try {
      return await Promise.race([work, late.promise]);
    } catch (error) {
      this.complain(error);
      return undefined;
    } finally {
      clearTimeout(timer);
    }
  }

  /** Once, until it works again. */
  private complain(error: unknown): void {
    if (this.isFailing) return;
    this.isFailing = true;
    const { stack, ...what } = toLoggable(error);
    this.log.warn('The store of estimates fails, so that Anrok is asked every time', what, stack);
  }
}

class StoreTooSlowError extends Error {
  override readonly name = 'StoreTooSlowError';
}

function answerTo(key: string): string {
  return `anrok-tax:answer:${key}`;
}

function connectionEpoch(connectionId: string): string {
  return `anrok-tax:epoch:connection:${connectionId}`;
}

function customerEpoch(customerId: string): string {
  return `anrok-tax:epoch:customer:${customerId}`;
}

import { createHash } from 'node:crypto';
import type { AxiosInstance } from 'axios';
import type { AnrokOperation } from '../anrok-operation.js';
import type { AnrokCallListener, AroundCall } from '../around-call.js';
import type { CallOptions } from '../call-options.js';
import { AnrokRateLimitedError } from '../errors/answer.errors.js';
import { AnrokError } from '../errors/anrok.error.js';
import type { Answer } from '../errors/classify-answer.js';
import { classifyFailure } from '../errors/classify-failure.js';
import {
  AnrokCancelledError,
  AnrokInvalidRequestError,
  AnrokNetworkError,
  AnrokTimeoutError,
} from '../errors/exchange.errors.js';
import type { Lane, RateLimiter } from '../limiter/rate-limiter.js';
import { ReservedPlace } from '../limiter/reserved-place.js';
import type { AnrokRequest, Send } from './anrok-request.js';
import { httpPost, LONGEST_REQUEST_BYTES } from './http-post.js';
import { interruptible, Interruption } from './interruption.js';
import { readAnswer } from './read-answer.js';
import { redact, secretsOf } from '../redaction.js';
import { reportExchange } from './report-exchange.js';
import { tell } from './tell.js';

const DEFAULT_PATIENCE_MS = 30_000;

export interface TransportSettings {
  readonly apiKey: string;
  readonly sellerId: string | undefined;
  /** Without a slash at its end. */
  readonly baseUrl: string;
  readonly http: AxiosInstance;
  readonly requestTimeoutMs: number;
  readonly rateLimiter: RateLimiter;
  readonly now: () => number;
  readonly aroundCall: AroundCall;
}

interface LanedCall extends CallOptions {
  readonly lane: Lane;
}

export interface Transport {
  /** Every call goes through this one function: wait for a place, exchange, honour a 429 within the caller's patience. */
  readonly send: Send;
  readonly reserve: (lane: Lane) => ReservedPlace;
}

export function createTransport(settings: TransportSettings): Transport {
  const { apiKey, baseUrl, http, rateLimiter, now, aroundCall } = settings;
  const secrets = secretsOf(apiKey);
  const withoutSecrets = (value: unknown) => redact(value, secrets);
  // a limiter may share its keys with other processes, so a key can't be a secret
  const seller = settings.sellerId ?? `key-${createHash('sha256').update(apiKey).digest('hex').slice(0, 16)}`;

  return {
    async send(request, call = {}) {
      const { operation, transactionId } = request;
      const { lane = 'interactive' } = call;
      return aroundCall({ operation, lane, ...(transactionId !== undefined && { transactionId }) }, (listener = {}) =>
        carryOut(request, { ...call, lane }, listener),
      );
    },
    reserve: (lane) => new ReservedPlace((signal) => rateLimiter.acquire(seller, lane, signal), now),
  };

  async function carryOut<Result>(
    request: AnrokRequest<Result>,
    call: LanedCall,
    listener: AnrokCallListener,
  ): Promise<Result> {
    const payload = toPayload(request);
    const patienceMs = call.timeoutMs ?? DEFAULT_PATIENCE_MS;
    const deadline = now() + patienceMs;
    let mayRepeat = request.isRepeatable === true;
    let lastError: AnrokError | undefined;
    for (;;) {
      const lateness = () => lastError ?? noPlace(request.operation, patienceMs);
      const cameAt = now();
      try {
        await place(request.operation, call, deadline, lateness);
      } finally {
        tell('onWaited', () => listener.onWaited?.(Math.max(0, now() - cameAt)));
      }
      try {
        return await exchange(request, payload, call, deadline - now(), listener);
      } catch (error) {
        if (error instanceof AnrokRateLimitedError) {
          rateLimiter.pause(seller, error.retryAfterMs);
          if (deadline - now() <= error.retryAfterMs) throw error;
        } else if (mayRepeat && error instanceof AnrokNetworkError && error.connectionClosed) {
          mayRepeat = false;
        } else {
          throw error;
        }
        lastError = error;
      }
    }
  }

  /** @param lateness the error when the patience is over first */
  async function place(
    operation: AnrokOperation,
    { lane, signal, reserved }: LanedCall,
    deadline: number,
    lateness: () => AnrokError,
  ): Promise<void> {
    try {
      await interruptible(
        async (until) => (await reserved?.take()) || rateLimiter.acquire(seller, lane, until),
        deadline - now(),
        signal,
      );
    } catch (thrown) {
      if (!(thrown instanceof Interruption)) throw thrown;
      throw thrown.by === 'caller' ? new AnrokCancelledError(operation, 'notSent') : lateness();
    }
    // the place may have come together with the end
    if (signal?.aborted) throw new AnrokCancelledError(operation, 'notSent');
    if (deadline <= now()) throw lateness();
  }

  async function exchange<Result>(
    request: AnrokRequest<Result>,
    payload: string,
    call: CallOptions,
    patienceMs: number,
    listener: AnrokCallListener,
  ): Promise<Result> {
    const { operation } = request;
    const path = `/v1/seller/${request.path}`;
    const timeoutMs = Math.min(settings.requestTimeoutMs, patienceMs);
    const startedAt = now();
    let answer: Answer | undefined;
    let error: AnrokError | undefined;
    try {
      answer = await interruptible(
        (signal) => httpPost(http, { url: baseUrl + path, apiKey, payload, signal }),
        timeoutMs,
        call.signal,
      );
      const { status } = answer;
      tell('onAnswered', () => listener.onAnswered?.(status));
      return readAnswer(request, answer, withoutSecrets);
    } catch (thrown) {
      error = toAnrokError(operation, thrown, timeoutMs);
      throw error;
    } finally {
      reportExchange(call.onExchange, withoutSecrets, {
        operation,
        path,
        payload,
        answer,
        error,
        startedAt,
        now: now(),
      });
    }
  }

  function toAnrokError(operation: AnrokOperation, thrown: unknown, timeoutMs: number): AnrokError {
    if (thrown instanceof AnrokError) return thrown;
    if (!(thrown instanceof Interruption))
      return classifyFailure(operation, thrown, (text) => String(withoutSecrets(text)));
    return thrown.by === 'caller'
      ? new AnrokCancelledError(operation, 'unknown')
      : new AnrokTimeoutError(operation, 'unknown', timeoutMs);
  }
}

function noPlace(operation: AnrokOperation, patienceMs: number): AnrokTimeoutError {
  return new AnrokTimeoutError(operation, 'notSent', patienceMs);
}

function toPayload<Result>({ operation, body }: AnrokRequest<Result>): string {
  let payload: string | undefined;
  try {
    payload = JSON.stringify(body);
  } catch {
    // a bigint, or something that contains itself
  }
  if (!payload?.startsWith('{')) throw new AnrokInvalidRequestError(operation, 'body', 'must be plain JSON data');
  if (Buffer.byteLength(payload) > LONGEST_REQUEST_BYTES)
    throw new AnrokInvalidRequestError(operation, 'body', `must not exceed ${LONGEST_REQUEST_BYTES} bytes of JSON`);
  return payload;
}

import type { AnrokOperation } from './anrok-operation.js';
import type { Lane } from './limiter/rate-limiter.js';

/** A call as those may know it who measure and trace: what and which, never what is in it. */
export interface AnrokCall {
  readonly operation: AnrokOperation;
  readonly lane: Lane;
  /** Of the transaction that it stores, negates or voids. */
  readonly transactionId?: string;
}

/**
 * Told of the course of one call, each as often as it happens: a call that honours a 429 waits and asks again. What it
 * throws becomes a process warning.
 */
export interface AnrokCallListener {
  /** The wait for a place under the rate limit is over: the place came, or the patience ended. */
  onWaited?(durationMs: number): void;
  /** The status of an answer. */
  onAnswered?(status: number): void;
}

/**
 * Stands around every call of a client, for metrics and traces: it must run `send` once, and answer or throw what that
 * does. Called again for every page of a list.
 */
export type AroundCall = <Result>(
  call: AnrokCall,
  send: (listener?: AnrokCallListener) => Promise<Result>,
) => Promise<Result>;

import type { z } from 'zod';
import type { CallOptions } from '../call-options.js';
import type { AnrokOperation } from '../anrok-operation.js';

/** One operation with its arguments. */
export interface AnrokRequest<Result> {
  readonly operation: AnrokOperation;
  /** Below `/v1/seller/`. */
  readonly path: string;
  readonly body: object;
  /** Of the transaction that it is about, if it is about one. */
  readonly transactionId?: string;
  readonly answer: z.ZodType<Result>;
  /** What is wrong with a well-formed answer if it can't belong to this request; undefined when it can. */
  readonly disagreement?: (answer: Result) => string | undefined;
  /** Changes nothing at Anrok, and somebody waits for it: repeated once when the connection was closed unanswered. */
  readonly isRepeatable?: boolean;
}

/** @throws AnrokError, and nothing else but what a rate limiter of one's own throws */
export type Send = <Result>(request: AnrokRequest<Result>, call?: CallOptions) => Promise<Result>;

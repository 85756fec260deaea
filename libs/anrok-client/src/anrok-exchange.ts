import type { AnrokOperation } from './anrok-operation.js';
import type { AnrokErrorCode } from './errors/anrok.error.js';

/**
 * One HTTP exchange, for an audit trail; a call that honoured a rate limit had several. Free of secrets: the API key,
 * the Authorization header and the contents of certificate files are replaced by `[redacted]`.
 */
export interface AnrokExchange {
  readonly operation: AnrokOperation;
  /** Below the base URL: `/v1/seller/transactions/id:acme:invoice:7/void`. */
  readonly path: string;
  /** What was sent, as plain JSON data. */
  readonly requestBody: unknown;
  /** Absent when no complete answer arrived. */
  readonly status?: number;
  /** Plain data when the answer was JSON, else its text, cut to 4,000 characters; absent when there was none. */
  readonly responseBody?: unknown;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly durationMs: number;
  /** The code of the error that this exchange ended in; absent when it succeeded. */
  readonly errorCode?: AnrokErrorCode;
}

import type { AnrokOperation } from '../anrok-operation.js';
import { cutText } from '../redaction.js';
import type { AnrokError } from './anrok.error.js';
import {
  AnrokBadRequestError,
  AnrokNotFoundError,
  AnrokRateLimitedError,
  AnrokServerError,
  AnrokUnauthorizedError,
  AnrokUnreadableAnswerError,
} from './answer.errors.js';
import { toConflictError } from './conflict.errors.js';
import { retryAfterMs } from './retry-after.js';

/** An HTTP answer. */
export interface Answer {
  readonly status: number;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** Plain data if it was JSON, else its text; undefined when it was empty. */
  readonly body: unknown;
}

const LONGEST_EXPLANATION = 1000;

/**
 * An answer that is no success → the error it stands for. Pure and total.
 *
 * @param answer with a redacted body: its words go into the error
 */
export function classifyAnswer(operation: AnrokOperation, { status, headers, body }: Answer): AnrokError {
  if (status === 400) return new AnrokBadRequestError(operation, toExplanation(body));
  if (status === 401 || status === 403) return new AnrokUnauthorizedError(operation, status);
  if (status === 404) return new AnrokNotFoundError(operation);
  if (status === 409) return classifyConflict(operation, body);
  if (status === 429) return new AnrokRateLimitedError(operation, retryAfterMs(headers));
  if (status >= 500 && status <= 599) return new AnrokServerError(operation, status);
  return new AnrokUnreadableAnswerError(operation, `nothing is known about status ${status}`, status);
}

function classifyConflict(operation: AnrokOperation, body: unknown): AnrokError {
  const { type, productExternalId, message } = (body ?? {}) as Readonly<Record<string, unknown>>;
  // Anrok names its conflicts: this one was cut short, or comes from something before Anrok
  if (typeof type !== 'string' || type === '')
    return new AnrokUnreadableAnswerError(operation, 'it is a conflict (409) that names no type', 409);
  return toConflictError(operation, cutText(type, LONGEST_EXPLANATION), {
    ...(typeof productExternalId === 'string' && {
      productExternalId: cutText(productExternalId, LONGEST_EXPLANATION),
    }),
    ...(typeof message === 'string' && { explanation: cutText(message, LONGEST_EXPLANATION) }),
  });
}

/** A 400 is a bare string, as JSON or as text. */
function toExplanation(body: unknown): string {
  return cutText(typeof body === 'string' ? body : (JSON.stringify(body) ?? ''), LONGEST_EXPLANATION);
}

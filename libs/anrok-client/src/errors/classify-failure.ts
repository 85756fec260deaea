import { isAxiosError } from 'axios';
import type { AnrokOperation } from '../anrok-operation.js';
import { cutText } from '../redaction.js';
import type { AnrokError } from './anrok.error.js';
import { AnrokUnreadableAnswerError } from './answer.errors.js';
import { AnrokNetworkError } from './exchange.errors.js';

/** Set by Node on what failed before a connection stood. */
const BEFORE_CONNECTION = new Set<unknown>(['connect', 'getaddrinfo']);

/** How Node says that the other side hung up. */
const CLOSED = new Set(['ECONNRESET', 'EPIPE']);

const LONGEST_REASON = 500;

/** What may stand on something thrown, of whatever origin. */
interface Thrown {
  readonly code?: unknown;
  readonly message?: unknown;
  readonly cause?: unknown;
  readonly syscall?: unknown;
  /** One for each address that was tried. */
  readonly errors?: unknown;
}

/**
 * What the HTTP library threw → the error it stands for. Pure and total; keeps nothing of the thrown object but its
 * code and its text, because the rest holds the Authorization header.
 *
 * @param redact takes secrets out of a text
 */
export function classifyFailure(
  operation: AnrokOperation,
  thrown: unknown,
  redact: (text: string) => string,
): AnrokError {
  const { code, message, cause } = Object(thrown) as Thrown;
  const networkCode = typeof code === 'string' ? code : '';
  const reason = typeof message === 'string' ? message : '';
  const response = isAxiosError(thrown) ? thrown.response : undefined;
  // axios' word for both "cut off" (then there is a response) and "longer than maxContentLength" (then there isn't)
  const isBadResponse = networkCode === 'ERR_BAD_RESPONSE';
  if (isBadResponse && !response) return new AnrokUnreadableAnswerError(operation, 'it is too long');
  if (response && !isBadResponse && !CLOSED.has(networkCode))
    return new AnrokUnreadableAnswerError(operation, `its encoding is broken (${networkCode})`, response.status);

  return new AnrokNetworkError(operation, {
    networkCode,
    reason: cutText(redact(reason || networkCode || 'it gave no reason'), LONGEST_REASON),
    neverConnected: isBeforeConnection(cause ?? thrown),
    connectionClosed: !response && CLOSED.has(networkCode),
  });
}

function isBeforeConnection(error: unknown): boolean {
  const { errors } = Object(error) as Thrown;
  const tries: unknown[] = Array.isArray(errors) && errors.length > 0 ? errors : [error];
  return tries.every((one) => BEFORE_CONNECTION.has((Object(one) as Thrown).syscall));
}

import type { AnrokExchange } from '../anrok-exchange.js';
import type { AnrokOperation } from '../anrok-operation.js';
import type { AnrokError } from '../errors/anrok.error.js';
import type { Answer } from '../errors/classify-answer.js';
import { cutText } from '../redaction.js';
import { tell } from './tell.js';

const LONGEST_TEXT = 4000;

interface FinishedExchange {
  readonly operation: AnrokOperation;
  readonly path: string;
  readonly payload: string;
  readonly answer: Answer | undefined;
  readonly error: AnrokError | undefined;
  readonly startedAt: number;
  readonly now: number;
}

/** Tells the caller of an exchange; does nothing, and copies nothing, when the caller doesn't listen. */
export function reportExchange(
  onExchange: ((exchange: AnrokExchange) => void) | undefined,
  redact: (value: unknown) => unknown,
  exchange: FinishedExchange,
): void {
  tell('onExchange', () => onExchange?.(toExchange(exchange, redact)));
}

function toExchange(exchange: FinishedExchange, redact: (value: unknown) => unknown): AnrokExchange {
  const { operation, answer, error, startedAt } = exchange;
  const responseBody = redact(answer?.body);
  return {
    operation,
    path: String(redact(exchange.path)),
    requestBody: redact(JSON.parse(exchange.payload)),
    ...(answer && { status: answer.status }),
    ...(responseBody !== undefined && {
      responseBody: typeof responseBody === 'string' ? cutText(responseBody, LONGEST_TEXT) : responseBody,
    }),
    startedAt,
    durationMs: Math.max(0, exchange.now - startedAt),
    ...(error && { errorCode: error.code }),
  };
}

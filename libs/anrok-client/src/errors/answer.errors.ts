import type { AnrokOperation } from '../anrok-operation.js';
import { AnrokError } from './anrok.error.js';

/** 400: the request's form is wrong. Anrok's own text names the field. */
export class AnrokBadRequestError extends AnrokError {
  /** @param explanation Anrok's text, redacted and of bounded length; may be empty */
  constructor(
    operation: AnrokOperation,
    readonly explanation: string,
  ) {
    super({
      code: 'anrok_bad_request',
      message: `Anrok refused the request as malformed, ${explanation ? `saying: ${explanation}` : 'without a word why.'}`,
      remedy: 'Correct the field that Anrok names, where the document or the customer is made, then send it again.',
      retry: 'after-fix',
      outcome: 'refused',
      operation,
      status: 400,
      details: { explanation },
    });
  }
}

/** 401 and 403: the key is wrong, revoked, or not allowed to do this. */
export class AnrokUnauthorizedError extends AnrokError {
  constructor(operation: AnrokOperation, status: number) {
    super({
      code: 'anrok_unauthorized',
      message: `Anrok refused the API key (${status}).`,
      remedy: 'Check in Anrok that the API key exists and belongs to this seller account, and store the right one.',
      retry: 'after-fix',
      outcome: 'refused',
      operation,
      status,
      details: {},
    });
  }
}

/** 404: nothing answers at this address. A missing transaction or product is a conflict (409), not this. */
export class AnrokNotFoundError extends AnrokError {
  constructor(operation: AnrokOperation) {
    super({
      code: 'anrok_not_found',
      message: "There is no such operation at the client's base URL (404).",
      remedy: 'Correct the base URL: https://api.anrok.com unless a proxy or a simulator stands in between.',
      retry: 'after-fix',
      outcome: 'refused',
      operation,
      status: 404,
      details: {},
    });
  }
}

/** 429, and the caller's patience is shorter than the wait that Anrok asks for. */
export class AnrokRateLimitedError extends AnrokError {
  /** @param retryAfterMs how long to wait: at least a millisecond, at most a minute */
  constructor(
    operation: AnrokOperation,
    readonly retryAfterMs: number,
  ) {
    super({
      code: 'anrok_rate_limited',
      message: `Anrok's rate limit for this seller account is used up; it asks to wait ${retryAfterMs} ms.`,
      remedy: 'Nothing to do: trying again later helps. If it happens often, ask Anrok for a higher limit.',
      retry: 'later',
      outcome: 'refused',
      operation,
      status: 429,
      details: { retryAfterMs },
    });
  }
}

/** 5xx: Anrok, or a proxy before it, is in trouble. */
export class AnrokServerError extends AnrokError {
  constructor(operation: AnrokOperation, status: number) {
    super({
      code: 'anrok_server_error',
      message: `Anrok could not answer (${status}).`,
      remedy: "Nothing to do: trying again later helps. If it lasts, look at Anrok's status page.",
      retry: 'later',
      outcome: 'unknown',
      operation,
      status,
      details: {},
    });
  }
}

/** An answer that isn't what this operation answers: HTML, cut JSON, a missing field, a status nobody expects. */
export class AnrokUnreadableAnswerError extends AnrokError {
  /** @param fault what is wrong with the answer, redacted, without a full stop */
  constructor(operation: AnrokOperation, fault: string, status?: number) {
    super({
      code: 'anrok_unreadable_answer',
      message: `The answer can't be read: ${fault}.`,
      remedy:
        'Trying again helps if a proxy answered in place of Anrok. If it lasts, compare the base URL and version.',
      retry: 'later',
      outcome: 'unknown',
      operation,
      status,
      details: { fault },
    });
  }
}

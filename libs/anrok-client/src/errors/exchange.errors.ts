import type { AnrokOperation } from '../anrok-operation.js';
import { AnrokError } from './anrok.error.js';

/** The connection failed: refused, reset, name not found, certificate not trusted, answer cut off. */
export class AnrokNetworkError extends AnrokError {
  /** Closed before the first byte of an answer, as happens to a kept-alive connection that idled for too long. */
  readonly connectionClosed: boolean;

  constructor(
    operation: AnrokOperation,
    failure: {
      /** Node's or axios' word: "ECONNREFUSED"; empty if there is none. */
      readonly networkCode: string;
      /** Redacted. */
      readonly reason: string;
      /** No connection came about, so nothing was sent. */
      readonly neverConnected: boolean;
      readonly connectionClosed: boolean;
    },
  ) {
    const { networkCode, reason } = failure;
    super({
      code: 'anrok_network_error',
      message: `The connection to Anrok failed: ${reason}.`,
      remedy:
        'Trying again later helps if it was the network. If it lasts, check the base URL, DNS, proxy and firewall.',
      retry: 'later',
      outcome: failure.neverConnected ? 'notSent' : 'unknown',
      operation,
      details: { networkCode, reason },
    });
    this.connectionClosed = failure.connectionClosed;
  }
}

/** The caller's patience, or the client's for one exchange, is over. */
export class AnrokTimeoutError extends AnrokError {
  /** @param outcome `notSent` when no place came free in time, else `unknown` */
  constructor(operation: AnrokOperation, outcome: 'notSent' | 'unknown', afterMs: number) {
    super({
      code: 'anrok_timeout',
      message:
        outcome === 'notSent'
          ? `The rate limit left no place for the request within ${afterMs} ms.`
          : `No complete answer came from Anrok within ${afterMs} ms.`,
      remedy: 'Trying again later helps. If it lasts, allow more time, or send fewer requests at once.',
      retry: 'later',
      outcome,
      operation,
      details: { afterMs },
    });
  }
}

/** The caller's own signal ended the call. */
export class AnrokCancelledError extends AnrokError {
  constructor(operation: AnrokOperation, outcome: 'notSent' | 'unknown') {
    super({
      code: 'anrok_cancelled',
      message: `The call was cancelled by its caller, ${outcome === 'notSent' ? 'before' : 'after'} it was sent.`,
      remedy: 'Call again if the answer is still wanted.',
      retry: 'later',
      outcome,
      operation,
      details: {},
    });
  }
}

/** Refused before anything was sent: the call or the client's options can't be right. */
export class AnrokInvalidRequestError extends AnrokError {
  /** @param field which argument; @param expectation such as "must not be empty" */
  constructor(operation: AnrokOperation | 'configuration', field: string, expectation: string) {
    super({
      code: 'anrok_invalid_request',
      message: `The ${field} ${expectation}.`,
      remedy: `Correct the ${field} where the ${operation === 'configuration' ? 'client is made' : 'call is made'}.`,
      retry: 'never',
      outcome: 'notSent',
      operation,
      details: { field },
    });
  }
}

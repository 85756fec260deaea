import type { AnrokExchange } from './anrok-exchange.js';
import type { Lane } from './limiter/rate-limiter.js';
import type { ReservedPlace } from './limiter/reserved-place.js';

/** How one call is made. Every operation takes it as its last argument. */
export interface CallOptions {
  /** Whose turn it is when the rate limit is used up. Default: `interactive`. */
  readonly lane?: Lane;
  /** A place of the same client's `reserve`. Where it can't be used any more, another one is asked for. */
  readonly reserved?: ReservedPlace;
  /** Gives up the call, wherever it stands: AnrokCancelledError. */
  readonly signal?: AbortSignal;
  /**
   * The caller's whole patience in milliseconds: waiting for a place, honouring a 429, the exchange.
   * Default: 30,000. A list is patient anew for each page.
   */
  readonly timeoutMs?: number;
  /**
   * Told of every HTTP exchange when it ends, before the call settles. It can't change the call: what it throws
   * becomes a process warning.
   */
  readonly onExchange?: (exchange: AnrokExchange) => void;
}

export interface ListOptions extends CallOptions {
  /** Items per page. Default: the most that Anrok allows, so that a list takes as few calls as it can. */
  readonly pageSize?: number;
}

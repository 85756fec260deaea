import axios, { type AxiosInstance } from 'axios';
import type { AroundCall } from './around-call.js';
import { AnrokInvalidRequestError } from './errors/exchange.errors.js';
import { InMemoryRateLimiter } from './limiter/in-memory.rate-limiter.js';
import type { RateLimiter } from './limiter/rate-limiter.js';
import type { TransportSettings } from './transport/anrok.transport.js';

export interface AnrokClientOptions {
  /** `sellerId/keyId/secret.xxx`, from Anrok's settings. The sandbox is a seller account with a key of its own. */
  readonly apiKey: string;
  /** Default: `https://api.anrok.com`. May have a path; no credentials, query or fragment. */
  readonly baseUrl?: string;
  /**
   * For agents, a proxy or interceptors of your own, which must hand the response on as it is; Nest passes
   * `HttpService.axiosRef`. Default: an own instance on Node's agents, which keep connections alive.
   */
  readonly http?: AxiosInstance;
  /** The patience with one HTTP exchange in milliseconds, over headers and body. Default: 10,000. */
  readonly requestTimeoutMs?: number;
  /**
   * Default: an InMemoryRateLimiter of 10 requests per second for this client alone. Clients of one seller account
   * should share one.
   */
  readonly rateLimiter?: RateLimiter;
  /** Milliseconds since 1970, to measure by. Default: Date.now. */
  readonly now?: () => number;
  /** For metrics and traces. Default: nothing stands around a call. */
  readonly aroundCall?: AroundCall;
}

/** @throws AnrokInvalidRequestError naming the option that can't be right, without its value: it may be the key */
export function toTransportSettings(options: AnrokClientOptions): TransportSettings {
  const { apiKey, requestTimeoutMs = 10_000 } = options;
  // anything else can't stand in a header, and usually is a line break that was copied along
  if (typeof apiKey !== 'string' || !/^[\x21-\x7e]+$/.test(apiKey))
    throw new AnrokInvalidRequestError('configuration', 'apiKey', 'must be a text without spaces and line breaks');
  if (!(requestTimeoutMs > 0))
    throw new AnrokInvalidRequestError('configuration', 'requestTimeoutMs', 'must be a number above 0');
  return {
    apiKey,
    sellerId: apiKey.includes('/') ? apiKey.slice(0, apiKey.indexOf('/')) || undefined : undefined,
    baseUrl: toBaseUrl(options.baseUrl ?? 'https://api.anrok.com'),
    http: options.http ?? axios.create(),
    requestTimeoutMs,
    rateLimiter: options.rateLimiter ?? new InMemoryRateLimiter(),
    now: options.now ?? Date.now,
    aroundCall: options.aroundCall ?? ((_, send) => send()),
  };
}

function toBaseUrl(text: string): string {
  const url = URL.parse(text);
  // axios would send credentials of a URL in place of the API key
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password || url.search || url.hash)
    throw new AnrokInvalidRequestError('configuration', 'baseUrl', 'must be an http(s) URL of host and path alone');
  return url.href.replace(/(?<!\/)\/+$/, '');
}

import type { AxiosInstance } from 'axios';
import type { Answer } from '../errors/classify-answer.js';

/** Room for certificate files, which travel as base64. */
export const LONGEST_REQUEST_BYTES = 32 * 1024 * 1024;

/** Room for a page of transactions with 1,200 lines each. */
const LONGEST_ANSWER_BYTES = 64 * 1024 * 1024;

export interface Post {
  readonly url: string;
  readonly apiKey: string;
  /** JSON. */
  readonly payload: string;
  readonly signal: AbortSignal;
}

/**
 * The one place that speaks HTTP. Every status is an answer; whatever else goes wrong is thrown by axios.
 * Settings of the given instance (base URL, timeout, transforms) don't apply; its agents, proxy and interceptors do.
 */
export async function httpPost(http: AxiosInstance, { url, apiKey, payload, signal }: Post): Promise<Answer> {
  const asItIs = (data: unknown) => data;
  const response = await http.request<unknown>({
    method: 'post',
    url,
    headers: { Authorization: `Bearer ${apiKey}`, 'Content-Type': 'application/json', Accept: 'application/json' },
    data: payload,
    signal,
    // axios counts idle time, so that a body which trickles in would take for ever: the signal counts all of it
    timeout: 0,
    responseType: 'text',
    transformRequest: asItIs,
    transformResponse: asItIs,
    validateStatus: () => true,
    // a redirect would carry the key to another host
    maxRedirects: 0,
    maxBodyLength: LONGEST_REQUEST_BYTES,
    maxContentLength: LONGEST_ANSWER_BYTES,
    allowAbsoluteUrls: true,
    // for an interceptor of the host that logs errors as JSON
    redact: ['Authorization', 'data'],
  });
  return {
    status: response.status,
    headers: { 'retry-after': headerOf(response.headers['retry-after']), date: headerOf(response.headers['date']) },
    // an adapter of the host may have parsed it already
    body: typeof response.data === 'string' ? parseBody(response.data) : response.data,
  };
}

function headerOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** Plain data if it is JSON, else the text; undefined when there is nothing. */
function parseBody(text: string): unknown {
  if (text.trim() === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

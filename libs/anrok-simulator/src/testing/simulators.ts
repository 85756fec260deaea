import { afterEach } from '@jest/globals';
import { type AnrokSimulator, type AnrokSimulatorOptions, startAnrokSimulator } from '../index.js';

export interface Reply<Body = unknown> {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** Parsed where it is JSON, else the text. The type is the test's claim, not a check. */
  readonly body: Body;
}

export interface SimulatorUnderTest extends AnrokSimulator {
  /** POSTs JSON below `/v1/seller/`; a text is sent as it is. */
  readonly post: <Body = unknown>(path: string, body?: unknown, request?: RequestOptions) => Promise<Reply<Body>>;
}

export interface RequestOptions {
  readonly apiKey?: string;
  readonly headers?: Record<string, string>;
  readonly signal?: AbortSignal;
}

/** Starts simulators without a rate limit; each is closed after the test that started it. */
export function simulators(): (options?: AnrokSimulatorOptions) => Promise<SimulatorUnderTest> {
  let running: AnrokSimulator[] = [];
  afterEach(async () => {
    await Promise.all(running.map((simulator) => simulator.close()));
    running = [];
  });
  return async (options) => {
    const simulator = await startAnrokSimulator({ requestsPerSecond: null, ...options });
    running.push(simulator);
    return Object.assign(simulator, {
      post: <Body>(path: string, body: unknown = {}, request: RequestOptions = {}) =>
        post<Body>(simulator, path, body, request),
    });
  };
}

async function post<Body>(
  simulator: AnrokSimulator,
  path: string,
  body: unknown,
  { apiKey = simulator.apiKey, headers, signal }: RequestOptions,
): Promise<Reply<Body>> {
  return reply<Body>(`${simulator.url}/v1/seller/${path}`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${apiKey}`, 'Content-Type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
    ...(signal && { signal }),
  });
}

export async function reply<Body = unknown>(url: string, init?: RequestInit): Promise<Reply<Body>> {
  const response = await fetch(url, init);
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.startsWith('application/json') ?? false;
  const body = (isJson ? JSON.parse(text) : text) as Body;
  return { status: response.status, headers: response.headers, text, body };
}

/** A clock that stands still until it is told to move. */
export function clockAt(time: string): { now(): Date; advance(milliseconds: number): void } {
  let milliseconds = Date.parse(time);
  return {
    now: () => new Date(milliseconds),
    advance: (step) => {
      milliseconds += step;
    },
  };
}

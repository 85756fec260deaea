import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, expect } from '@jest/globals';

export interface ReceivedRequest {
  readonly method: string | undefined;
  /** As it stood in the request line. */
  readonly path: string | undefined;
  readonly headers: IncomingMessage['headers'];
  readonly body: unknown;
  /** The same for two requests over one kept-alive connection. */
  readonly socket: Socket;
}

/** An answer in full, or a function that answers as it likes, or not at all. */
export type Reply =
  | { readonly status?: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: unknown }
  | ((response: ServerResponse, request: IncomingMessage) => void);

/** A real HTTP server on a free port that answers what it was told, one reply per request in their order. */
export class ScriptedServer {
  readonly received: ReceivedRequest[] = [];
  readonly #script: Reply[] = [];
  readonly #server = createServer((request, response) => void this.#answer(request, response));

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  get last(): ReceivedRequest {
    return this.received.at(-1)!;
  }

  replyWith(...replies: Reply[]): void {
    this.#script.push(...replies);
  }

  async listen(): Promise<void> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  /** Forgets what was received, and answers with how many replies nobody asked for. */
  reset(): number {
    this.received.length = 0;
    return this.#script.splice(0).length;
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const payload = await text(request);
    const body: unknown = payload.startsWith('{') ? JSON.parse(payload) : payload;
    const { method, url: path, headers, socket } = request;
    this.received.push({ method, path, headers, socket, body });
    const reply = this.#script.shift() ?? { status: 418, body: 'the script of this test is at its end' };
    if (typeof reply === 'function') return reply(response, request);
    response.writeHead(reply.status ?? 200, { 'content-type': 'application/json', ...reply.headers });
    response.end(typeof reply.body === 'string' ? reply.body : JSON.stringify(reply.body));
  }
}

/** One server for a file's tests; each test uses up its own script. */
export function useScriptedServer(): ScriptedServer {
  const server = new ScriptedServer();
  beforeAll(() => server.listen());
  afterEach(() => expect(server.reset()).toBe(0));
  afterAll(() => server.close());
  return server;
}

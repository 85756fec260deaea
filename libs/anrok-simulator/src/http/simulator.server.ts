import http from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Delivery } from '../faults/fault.performance.js';
import { textAnswer } from './answer.js';
import { deliver } from './delivery.js';
import { receive, type ReceivedRequest } from './received-request.js';

/** Decides what happens to a request; where it rejects, the connection ends. The signal aborts when the server closes. */
export type RequestHandler = (request: ReceivedRequest, closing: AbortSignal) => Delivery | Promise<Delivery>;

export interface RunningServer {
  readonly url: string;
  /** Ends every connection, also one that waits for an answer it will never get. */
  close(): Promise<void>;
}

/** Listens on 127.0.0.1. @throws Error when the port is taken */
export async function listen(port: number, handle: RequestHandler): Promise<RunningServer> {
  const closing = new AbortController();
  const server = http.createServer((request, response) => {
    respond(request, response).catch(() => response.destroy());
  });
  // An idle connection is ended by the caller only: ended by both, a request on its way would be lost by accident, where
  // losing one is what faults are for.
  server.keepAliveTimeout = 0;

  async function respond(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const received = await receive(request);
    const tooLarge: Delivery = { as: 'whole', answer: textAnswer(413, 'The body is too large.') };
    deliver(received ? await handle(received, closing.signal) : tooLarge, response);
  }

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        closing.abort();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

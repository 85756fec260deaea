import type { ServerResponse } from 'node:http';
import type { Delivery } from '../faults/fault.performance.js';
import type { Answer } from './answer.js';

/** Puts on the wire what was decided. */
export function deliver(delivery: Delivery, response: ServerResponse): void {
  switch (delivery.as) {
    case 'whole':
      sendHead(delivery.answer, response, delivery.answer.body);
      response.end(delivery.answer.body);
      return;
    case 'truncated': {
      const half = firstHalf(delivery.answer.body);
      response.setHeader('Connection', 'close');
      sendHead(delivery.answer, response, half);
      response.end(half);
      return;
    }
    case 'stalled':
      sendHead(delivery.answer, response, delivery.answer.body);
      response.write(firstHalf(delivery.answer.body));
      return;
    case 'reset':
      response.socket?.resetAndDestroy();
      return;
    case 'nothing':
      return;
  }
}

function sendHead({ status, contentType, headers }: Answer, response: ServerResponse, body: string): void {
  response.writeHead(status, { 'Content-Type': contentType, 'Content-Length': Buffer.byteLength(body), ...headers });
}

function firstHalf(body: string): string {
  return body.slice(0, Math.ceil(body.length / 2));
}

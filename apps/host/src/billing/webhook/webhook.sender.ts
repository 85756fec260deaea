import { Inject, Injectable } from '@nestjs/common';
import { Webhook } from 'standardwebhooks';
import type { WebhookAnswer } from './webhook-delivery.entity.js';
import { WEBHOOK_OPTIONS, type WebhookOptions } from './webhook.options.js';

/** Of an answer's body, in bytes: enough to see what is wrong. */
const MOST_BYTES = 1_024;

/** One message to one endpoint. */
export interface Shipment {
  readonly url: string;
  readonly secret: string;
  /** The message's. */
  readonly id: string;
  readonly body: string;
  readonly sentAt: Date;
}

/**
 * Sends webhooks, signed as Standard Webhooks has it. Follows no redirect: what is meant for one receiver is not for
 * another. An endpoint may well be in a private network: whoever sets endpoints up runs this host.
 */
@Injectable()
export class WebhookSender {
  constructor(@Inject(WEBHOOK_OPTIONS) private readonly options: WebhookOptions) {}

  /** Never throws: what kept the answer away is an answer too. */
  async send({ url, secret, id, body, sentAt }: Shipment): Promise<WebhookAnswer> {
    try {
      const response = await fetch(url, {
        method: 'POST',
        redirect: 'manual',
        signal: AbortSignal.timeout(this.options.timeoutMs ?? 10_000),
        headers: {
          'content-type': 'application/json',
          'user-agent': 'anrok-nest-host',
          'webhook-id': id,
          'webhook-timestamp': String(Math.floor(sentAt.getTime() / 1_000)),
          'webhook-signature': new Webhook(secret).sign(id, sentAt, body),
        },
        body,
      });
      return { status: response.status, body: await beginningOf(response) };
    } catch (error) {
      return { failure: failureOf(error as Error) };
    }
  }
}

/** Whatever comes of the body, the answer was its status: one that breaks off or never ends changes nothing of it. */
async function beginningOf({ body }: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const chunk of body ?? []) {
      chunks.push(chunk);
      length += chunk.length;
      if (length >= MOST_BYTES) break;
    }
  } catch {
    // as much as there was
  }
  const text = Buffer.concat(chunks).subarray(0, MOST_BYTES).toString();
  // PostgreSQL takes no NUL
  return text.replaceAll('\0', '');
}

/** `timeout`, or the system's own word: `ECONNREFUSED`, `ENOTFOUND`. */
function failureOf({ name, message, cause }: Error): string {
  if (name === 'TimeoutError') return 'timeout';
  const { code, message: reason } = (cause ?? {}) as { readonly code?: string; readonly message?: string };
  return code ?? reason ?? message;
}

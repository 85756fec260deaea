import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { LagoWebhookType } from 'lago-javascript-client';
import { Webhook } from 'standardwebhooks';

/** What came in, as it came in. */
interface Received {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  // oxlint-disable-next-line typescript/no-explicit-any -- a test looks into whatever comes
  readonly body: any;
}

type Answer = (response: ServerResponse, request: IncomingMessage) => void;

const ACCEPT: Answer = (response) => response.writeHead(204).end();

/** A receiver of webhooks over real HTTP, which takes everything unless it is told to do otherwise. */
export class WebhookReceiver {
  private taken: Received[] = [];
  private scripted: Answer[] = [];
  private answer = ACCEPT;
  private readonly awaited = new Set<() => void>();
  private readonly server = createServer((request, response) => void this.take(request, response));

  static async start(): Promise<WebhookReceiver> {
    const receiver = new WebhookReceiver();
    await new Promise<void>((resolve) => receiver.server.listen(0, '127.0.0.1', resolve));
    return receiver;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/hooks`;
  }

  /** Everything that came in, in the order in which it happened at the host: deliveries may overtake each other. */
  get received(): Received[] {
    return this.taken.toSorted((a, b) => a.headers['webhook-id']!.localeCompare(b.headers['webhook-id']!));
  }

  /** What came in of one type, oldest first. */
  of(type: LagoWebhookType | 'invoice.failed' | 'credit_note.voided'): Received['body'][] {
    return this.received.map(({ body }) => body).filter((body) => body.webhook_type === type);
  }

  /** Resolves when so many have come in. */
  async has(count: number): Promise<void> {
    while (this.taken.length < count) await new Promise<void>((resolve) => this.awaited.add(resolve));
  }

  /** Everything that came in, oldest first. @throws when a signature is not that of the secret */
  verified(secret: string): Received['body'][] {
    return this.received.map(({ text, headers }) => new Webhook(secret).verify(text, headers));
  }

  /** Answers the next request like this, and those after it as before. */
  next(answer: Answer): void {
    this.scripted.push(answer);
  }

  always(answer: Answer): void {
    this.answer = answer;
  }

  /** As if it had just started. */
  forget(): void {
    this.taken = [];
    this.scripted = [];
    this.answer = ACCEPT;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await text(request);
    const headers = request.headers as Record<string, string>;
    this.taken.push({ path: request.url!, headers, text: body, body: JSON.parse(body) });
    for (const resolve of this.awaited) resolve();
    this.awaited.clear();
    (this.scripted.shift() ?? this.answer)(response, request);
  }
}

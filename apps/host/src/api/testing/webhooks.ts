import type { WebhookEndpointCreateInput } from 'lago-javascript-client';
import { WebhookDispatcher, WebhookEndpoint, WebhookMessage } from '../../billing/index.js';
import { API_KEY, type TestHost } from './host.starter.js';

type EndpointInput = NonNullable<WebhookEndpointCreateInput['webhook_endpoint']>;

/** An endpoint of the host, with its secret. */
export async function listenAt(host: TestHost, webhook_url: string, input: Partial<EndpointInput> = {}) {
  const { data } = await host.lago.webhookEndpoints.createWebhookEndpoint({
    webhook_endpoint: { webhook_url, ...input },
  });
  return data.webhook_endpoint as typeof data.webhook_endpoint & { readonly secret: string };
}

/** Sends what is due. */
export function dispatch(host: TestHost): Promise<void> {
  return host.app.get(WebhookDispatcher, { strict: false }).drain();
}

/** As if nobody had ever listened. */
export async function forgetWebhooks(host: TestHost): Promise<void> {
  await host.inContext(async (em) => {
    await em.nativeDelete(WebhookMessage, {});
    await em.nativeDelete(WebhookEndpoint, {});
  });
}

/** A webhook as the API's extension shows it. */
export interface ShownWebhook {
  readonly lago_id: string;
  readonly webhook_id: string;
  readonly status: string;
  readonly attempts: number;
  readonly retry_at: string | null;
  readonly http_status: number | null;
}

/** Newest first. */
export async function listWebhooks(host: TestHost, query = ''): Promise<ShownWebhook[]> {
  return ((await callWebhooks(host, 'GET', query)).body as { webhooks: ShownWebhook[] }).webhooks;
}

/** The official client doesn't know the extension. */
export async function callWebhooks(host: TestHost, method: 'GET' | 'POST', path: string) {
  const answer = await fetch(`${host.url}/webhooks${path}`, {
    method,
    headers: { authorization: `Bearer ${API_KEY}` },
  });
  return { status: answer.status, body: (await answer.json()) as object };
}

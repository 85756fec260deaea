import { AnrokClient } from '../anrok-client.js';
import type { AnrokClientOptions } from '../anrok-client.options.js';
import type { AnrokError } from '../errors/anrok.error.js';

/** As long as a real one, and spelled so that no sentence holds it by chance. */
export const API_KEY = 'acme-sandbox/key-1/secret.Zq7x0WvB2';

/** A client of a scripted server. */
export function aClient(baseUrl: string, options: Partial<AnrokClientOptions> = {}): AnrokClient {
  return new AnrokClient({ apiKey: API_KEY, baseUrl, ...options });
}

/** The error that a call must end in. */
export async function errorOf(call: Promise<unknown>): Promise<AnrokError> {
  return call.then(
    () => {
      throw new Error('the call succeeded');
    },
    (error: AnrokError) => error,
  );
}

export async function itemsOf<Item>(list: AsyncIterable<Item>): Promise<Item[]> {
  const items: Item[] = [];
  for await (const item of list) items.push(item);
  return items;
}

import { AnrokClient } from '@anrok-nest/client';
import axios, { AxiosHeaders } from 'axios';

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly data: string;
}

/** The client as it is, with everything behind axios exchanged: each call gets this one answer, however often it asks. */
export function clientThatGets({ status, headers, data }: Answer): AnrokClient {
  let now = 0;
  return new AnrokClient({
    apiKey: 'acme/key-1/secret.Zq7x0WvB2',
    now: () => now,
    // whoever waits has no patience left
    rateLimiter: { acquire: async () => {}, pause: () => void (now += 60_000) },
    http: axios.create({
      adapter: async (config) => ({ status, statusText: '', headers: new AxiosHeaders(headers), data, config }),
    }),
  });
}

import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { HOST_API_KEY, HostUnderTest } from '../support/host-under-test.js';

const PAGES = ['', '/overview', '/documents', '/documents?status=failed', '/resyncs', '/connections', '/customers'];

/** Forwards what is below `prefix` to the target, without the prefix. */
async function startProxy(prefix: string, target: string): Promise<Server> {
  const proxy = createServer((incoming, answer) => {
    const { url = '', method, headers } = incoming;
    const { host } = new URL(target);
    const forwarded = request(target + url.slice(prefix.length), { method, headers: { ...headers, host } }, (real) => {
      answer.writeHead(real.statusCode!, real.headers);
      real.pipe(answer);
    });
    incoming.pipe(forwarded);
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  return proxy;
}

describe('the dashboard', () => {
  let host: HostUnderTest;
  let proxy: Server | undefined;
  afterEach(async () => {
    proxy?.closeAllConnections();
    proxy?.close();
    proxy = undefined;
    await host.close();
  });

  const authorization = `Bearer ${HOST_API_KEY}`;
  /** Every address that the page names, as a browser resolves it. */
  const addressesIn = (html: string, page: string) =>
    [...html.matchAll(/ (?:href|src|action|hx-get)="([^"#]+)"/g)].map(([, address]) => new URL(address!, page).href);

  const expectToWork = async (dashboard: string) => {
    for (const path of PAGES) {
      const page = `${dashboard}${path}`;
      const answer = await fetch(page, { headers: { authorization } });
      expect({ page, status: answer.status }).toEqual({ page, status: 200 });
      const addresses = addressesIn(await answer.text(), page);
      expect(addresses.length).toBeGreaterThan(5);
      expect(addresses.filter((address) => !address.startsWith(dashboard))).toEqual([]);
      for (const asset of addresses.filter((address) => address.includes('/assets/')))
        expect((await fetch(asset)).status).toBe(200);
    }
    const origin = new URL(dashboard).origin;
    const form = await fetch(`${dashboard}/documents/retry-all`, {
      method: 'POST',
      redirect: 'manual',
      headers: { authorization, origin, 'sec-fetch-site': 'same-origin' },
      body: new URLSearchParams({ status: 'failed' }),
    });
    expect(form.status).toBe(303);
    const next = new URL(form.headers.get('location')!, `${dashboard}/documents/retry-all`).href;
    expect(next).toBe(`${dashboard}/documents?notice=none_due&count=0`);
    expect((await fetch(next, { headers: { authorization } })).status).toBe(200);
  };

  it('works under a global prefix of the host’s', async () => {
    host = await HostUnderTest.fresh({ globalPrefix: 'billing/v2' });
    await expectToWork(`${host.url}/billing/v2/anrok`);
  });

  it('works behind a proxy that shows it elsewhere', async () => {
    host = await HostUnderTest.fresh();
    proxy = await startProxy('/tools/tax', host.url);
    await expectToWork(`http://127.0.0.1:${(proxy.address() as AddressInfo).port}/tools/tax/anrok`);
  });
});

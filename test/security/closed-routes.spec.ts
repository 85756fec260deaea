import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { HostUnderTest } from '../support/host-under-test.js';

/** What Express has mounted: a route, or what stands before all of them. */
interface Layer {
  readonly name: string;
  readonly route?: { readonly path: string; readonly methods: Readonly<Record<string, boolean>> };
}

/** All that is meant for everybody. */
const OPEN = [
  'GET /',
  'GET /anrok/assets/:name',
  'GET /health',
  'GET /health/live',
  'GET /health/ready',
  'GET /sign-in',
  'POST /sign-in',
];

/** A route that is mounted tomorrow is asked here too: they are read off the running host. */
describe('whoever is not signed in', () => {
  let host: HostUnderTest;
  let layers: readonly Layer[];
  let mounted: readonly string[];
  beforeAll(async () => {
    host = await HostUnderTest.start();
    layers = (host.app.getHttpAdapter().getInstance().router as { readonly stack: readonly Layer[] }).stack;
    mounted = layers.flatMap(({ route }) =>
      // what stands before all routes is mounted under every method
      route && route.path !== '/{*all}'
        ? Object.keys(route.methods).map((method) => `${method.toUpperCase()} ${route.path}`)
        : [],
    );
  });
  afterAll(() => host.close());

  it.each([
    ['without credentials', {}],
    ['with another key', { authorization: 'Bearer wrong' }],
    ['with a session of his own making', { cookie: 'host_session=mine' }],
  ] as [string, Record<string, string>][])('%s gets through no route but those for everybody', async (_, headers) => {
    const passed: string[] = [];
    for (const named of mounted) {
      const [method, path] = named.split(' ') as [string, string];
      const url = `${host.url}${path.replaceAll(/:\w+/g, 'x')}`;
      const { status, headers: answered } = await fetch(url, { method, headers, redirect: 'manual' });
      const isSent = status === 303 && answered.get('location')?.startsWith('/sign-in?next=') === true;
      if (status !== 401 && !isSent) passed.push(named);
    }
    // signing in with no key is refused like everything else
    expect([...passed, 'POST /sign-in'].toSorted()).toEqual(OPEN);
  });

  it('is kept from pages, the admin API and billing alike', () => {
    for (const folder of ['/anrok', '/anrok/documents/:id', '/anrok/api/records', '/api/v1/invoices', '/webhooks'])
      expect(mounted).toContain(`GET ${folder}`);
    // a router within the router would have routes that are not seen here
    const inner = layers.filter(({ route, name }) => !route && /router|app/i.test(name));
    expect(inner).toEqual([]);
  });
});

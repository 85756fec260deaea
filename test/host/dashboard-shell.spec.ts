import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { HostUnderTest } from '../support/host-under-test.js';

describe('the dashboard', () => {
  let host: HostUnderTest;
  beforeAll(async () => {
    host = await HostUnderTest.start();
    await host.customer('nomad');
    await host.invoice('nomad', {});
  });
  afterAll(() => host.close());

  it('shows what needs a person, with the sentence, the remedy and the button', async () => {
    const { status, headers, text } = await host.page('');
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(text).toContain('Customer nomad has no address to tax');
    expect(text).toContain('Complete the customer&#39;s shipping or billing address');
    expect(text).toContain('action="./anrok/overview/retry/customer_address_unusable"');
  });

  it('lets no script, style or frame in but its own', async () => {
    const { headers, text } = await host.page('overview');
    expect(headers.get('content-security-policy')).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; font-src 'self'; " +
        "form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    );
    expect(headers.get('cache-control')).toBe('no-store');
    expect(text).not.toMatch(/<script(?![^>]* src=)|<style| style=| on[a-z]+=/);
  });

  it('serves what its pages load, to be kept for as long as it stays what it is', async () => {
    const { text } = await host.page('overview');
    const assets = [...text.matchAll(/(?:href|src)="\.\/(assets\/[^"]+)"/g)].map(([, path]) => path!);
    expect(assets).toHaveLength(4);
    for (const path of assets) {
      const answer = await fetch(`${host.url}/anrok/${path}`);
      expect(answer.status).toBe(200);
      expect(answer.headers.get('cache-control')).toContain('immutable');
      expect(answer.headers.get('content-type')).toMatch(/^(text\/(css|javascript); charset=utf-8|image\/svg\+xml)$/);
    }
    expect((await fetch(`${host.url}/anrok/assets/constructor`)).status).toBe(404);
  });

  it('links relative to each page, wherever it is and however its address ends', async () => {
    const targetOf = async (path: string) => {
      const page = new URL(`${host.url}/anrok${path}`);
      const { text } = await host.page(path.slice(1));
      return new URL(/<a href="([^"]+)"[^>]*>Documents<\/a>/.exec(text)![1]!, page).pathname;
    };
    const id = /documents\/([0-9a-f-]{36})/.exec((await host.page('documents')).text)![1]!;
    for (const path of ['', '/overview', '/documents', '/documents/', `/documents/${id}`, '/resyncs', '/resyncs/plan'])
      expect(await targetOf(path)).toBe('/anrok/documents');
    const atFolder = await fetch(`${host.url}/anrok/`, { headers: { authorization: 'Bearer test_key' } });
    expect(await atFolder.text()).toContain('href="./documents"');
  });

  it('sends whoever is not signed in to the host’s sign-in page, and back', async () => {
    const refused = await fetch(`${host.url}/anrok/documents?status=failed`, { redirect: 'manual' });
    expect(refused.status).toBe(303);
    expect(refused.headers.get('location')).toBe('/sign-in?next=%2Fanrok%2Fdocuments%3Fstatus%3Dfailed');
    const signIn = (key: string) =>
      fetch(`${host.url}/sign-in`, {
        method: 'POST',
        redirect: 'manual',
        body: new URLSearchParams({ key, next: '/anrok/documents' }),
      });
    expect((await signIn('wrong')).status).toBe(401);
    const welcome = await signIn('test_key');
    expect(welcome.status).toBe(303);
    expect(welcome.headers.get('location')).toBe('/anrok/documents');
    const cookie = welcome.headers.get('set-cookie')!;
    expect(cookie).toMatch(/; HttpOnly; SameSite=Strict; /);
    expect(cookie).not.toContain('test_key');
    const session = { cookie: cookie.split(';')[0]! };
    expect((await fetch(`${host.url}/anrok/documents`, { headers: session })).status).toBe(200);
    // the session is for pages and the admin API, not for the billing API
    expect((await fetch(`${host.url}/api/v1/invoices`, { headers: session })).status).toBe(401);
  });

  it('changes nothing for whoever is not signed in, and shows nothing', async () => {
    const answer = await fetch(`${host.url}/anrok/documents/retry-all`, { method: 'POST', redirect: 'manual' });
    expect(answer.status).toBe(401);
    const page = await answer.text();
    expect(page).toContain('Please sign in');
    expect(page).not.toContain('nomad');
  });

  it.each([{ 'sec-fetch-site': 'cross-site' }, { 'sec-fetch-site': 'same-site' }, { origin: 'https://evil.example' }])(
    'refuses a form that comes with %j',
    async (headers) => {
      const { status, text } = await host.page('documents/retry-all', {}, headers as unknown as Record<string, string>);
      expect(status).toBe(403);
      expect(text).toContain('cross_site_request');
    },
  );

  it('shows an error as a page, with the sentence, the remedy and the way back', async () => {
    const { status, text } = await host.page('documents/00000000-0000-7000-8000-000000000000');
    expect(status).toBe(404);
    expect(text).toContain('sync_record_not_found');
    expect(text).toContain('Back to Documents');
    expect((await host.page('documents?status=nonsense')).status).toBe(400);
  });

  it('says nothing that an address puts into its mouth', async () => {
    const { text } = await host.page('overview?notice=constructor&count=<b>1</b>');
    expect(text).not.toContain('class="notice"');
    expect((await host.page('overview?notice=due&count=3')).text).toContain('3 documents are due again.');
  });
});

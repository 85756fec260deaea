import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { HostUnderTest } from '../support/host-under-test.js';

describe('the page at the host’s address', () => {
  let host: HostUnderTest;
  beforeAll(async () => {
    host = await HostUnderTest.start();
  });
  afterAll(() => host.close());

  it('shows what happened to an invoice, and what to do', async () => {
    await host.customer('nomad');
    await host.invoice('nomad', {});
    const page = await (await fetch(host.url)).text();
    expect(page).toContain('INV-2026-000001');
    expect(page).toContain('Customer nomad has no address to tax');
    expect(page).toContain('Complete the customer&#39;s shipping or billing address');
  });

  it('runs nothing that somebody wrote into a name', async () => {
    const name = '<img src=x onerror=alert(1)>"\'&';
    await host.customer('evil', { name, city: 'Denver', state: 'CO', zipcode: '80204', country: 'US' });
    await host.invoice('evil', {});
    const answer = await fetch(host.url);
    const page = await answer.text();
    expect(page).not.toContain('<img');
    expect(page).toContain('&lt;img');
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
    const tricked = await fetch(host.url, { headers: { host: '<script>alert(1)</script>' } });
    expect(await tricked.text()).not.toContain('<script');
  });
});

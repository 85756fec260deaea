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
});

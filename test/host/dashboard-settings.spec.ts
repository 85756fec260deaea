import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { HostUnderTest } from '../support/host-under-test.js';

describe('the dashboard’s settings', () => {
  let host: HostUnderTest;
  beforeAll(async () => {
    host = await HostUnderTest.start();
  });
  afterAll(() => host.close());

  it('say what is in force in this process, and where the host has more', async () => {
    const { status, text } = await host.page('settings');
    expect(status).toBe(200);
    expect(text).toContain('serves the web only: another one has to work');
    expect(text).toContain('<td>3 days</td>');
    expect(text).toContain(`<td>${host.simulator.url}</td>`);
    expect(text).toMatch(/<a href="\/">/);
  });

  it('say in words when a resync starts by itself, and when that is next', async () => {
    const { text } = await host.page('settings');
    expect(text).toContain('At 03:00, UTC (');
    const next = new Date(host.clock.now());
    if (next.getUTCHours() >= 3) next.setUTCDate(next.getUTCDate() + 1);
    next.setUTCHours(3, 0, 0, 0);
    expect(text).toContain(`datetime="${next.toISOString()}"`);
  });

  it('hold no secret', async () => {
    const key = Buffer.alloc(32, 9);
    for (const page of ['settings', 'connections', 'connections/anrok', 'connections/anrok/features', 'customers']) {
      const { text } = await host.page(page);
      for (const secret of [host.simulator.apiKey, key.toString('base64'), key.toString('hex'), 'test_key'])
        expect(text).not.toContain(secret);
    }
  });
});

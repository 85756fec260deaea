import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ConnectionRemovalService } from '@anrok-nest/module';
import { DENVER, HostUnderTest } from '../support/host-under-test.js';

const HOSTILE = '"><script>alert(1)</script>';

describe('the dashboard’s connections', () => {
  let host: HostUnderTest;
  beforeAll(async () => {
    host = await HostUnderTest.start();
  });
  afterAll(() => host.close());

  const connect = (form: Record<string, string>) =>
    host.page('connections', { name: 'Spare', code: 'spare', apiKey: host.simulator.apiKey, ...form });
  const seller = () => host.simulator.apiKey.slice(0, host.simulator.apiKey.lastIndexOf('/'));

  it('are shown with how they are, and never with a key', async () => {
    const { status, text } = await host.page('connections');
    expect(status).toBe(200);
    expect(text).toContain('<a href="./connections/anrok"');
    expect(text).toContain('<span class="badge good">working</span>');
    expect(text).toContain('type="password"');
  });

  it('are added and tested at once, whatever they are called', async () => {
    const { status, headers } = await connect({ name: HOSTILE });
    expect(status).toBe(303);
    expect(headers.get('location')).toBe('./connections/spare?notice=connected');
    const { text } = await host.page('connections/spare?notice=connected');
    expect(text).toContain('&#34;>&lt;script>alert(1)&lt;/script>');
    expect(text).not.toContain(HOSTILE);
    expect(text).toContain('The account is connected: Anrok takes the key.');
    expect(text).toContain('••••');
    expect(text).toContain(seller().split('/')[0]);
  });

  it.each<[string, Record<string, string>, number, string]>([
    ['a code that is taken', {}, 409, 'There is an Anrok connection with the code'],
    ['a code of other characters', { code: 'Übel' }, 400, 'code must be'],
    ['no name', { code: 'more', name: '' }, 400, 'name must be'],
    ['a key with spaces', { code: 'more', apiKey: 'a secret of mine' }, 400, 'apiKey must be'],
  ])('are refused with %s', async (_, form, status, sentence) => {
    const answer = await connect(form);
    expect(answer.status).toBe(status);
    expect(answer.text).toContain(sentence);
    expect(answer.text).toContain('Back to Connections');
    expect(answer.text).not.toContain('a secret of mine');
  });

  it('show a key that Anrok refuses, and the way to another', async () => {
    const { headers } = await connect({ code: 'wrong', apiKey: 'elsewhere/key9/not-a-key' });
    expect(headers.get('location')).toBe('./connections/wrong?notice=connected_untested');
    const { text } = await host.page('connections/wrong');
    expect(text).toContain('<span class="badge bad">paused</span>');
    expect(text).toContain('Enter another key');
    expect(text).not.toContain('not-a-key');
  });

  it('say which account a key is of, and what it has at Anrok', async () => {
    const { status, headers } = await host.page('connections/anrok/test', {});
    expect(status).toBe(303);
    expect(headers.get('location')).toBe('./../../connections/anrok/features?notice=key_works');
    const { text } = await host.page('connections/anrok/features');
    expect(text).toContain('The validation of tax ids');
    expect(text).toMatch(/badge (good|quiet)">(on|off)</);
    expect(text).not.toContain(host.simulator.apiKey);
  });

  it('get another name', async () => {
    expect((await host.page('connections/spare/name', { name: 'Second' })).status).toBe(303);
    expect((await host.page('connections/spare')).text).toContain('<h1>Second</h1>');
    expect((await host.page('connections/spare/name', { name: '' })).status).toBe(400);
  });

  it('keep their key where Anrok refuses the new one, or it is another account’s', async () => {
    const refused = await host.page('connections/spare/key', { apiKey: `${seller()}/wrong-secret` });
    expect(refused.status).toBeGreaterThanOrEqual(400);
    expect(refused.text).not.toContain('wrong-secret');
    const other = await host.page('connections/spare/key', { apiKey: 'another/key1/of-theirs' });
    expect(other.status).toBeGreaterThanOrEqual(400);
    expect(other.text).not.toContain('of-theirs');
    expect((await host.page('connections/spare/test', {})).status).toBe(303);
  });

  it('take a new key that Anrok takes', async () => {
    const { headers } = await host.page('connections/spare/key', { apiKey: host.simulator.apiKey });
    expect(headers.get('location')).toContain('notice=key_exchanged');
  });

  it('are deleted only by their name, where something would go with them', async () => {
    await host.lago.customers.createCustomer({
      customer: {
        external_id: 'linked',
        ...DENVER,
        integration_customers: [{ integration_type: 'anrok', integration_code: 'spare', sync_with_provider: true }],
      } as never,
    });
    const { text } = await host.page('connections/spare');
    expect(text).toContain('1 customer is unlinked');
    expect(text).toContain('To confirm, type spare');
    expect((await host.page('connections/spare/delete', { typed: 'spar' })).status).toBe(409);
    expect((await host.page('connections/spare/delete', {})).status).toBe(409);
    const { headers } = await host.page('connections/spare/delete', { typed: 'spare' });
    expect(headers.get('location')).toContain('connections?notice=disconnected');
    expect((await host.page('connections/spare')).status).toBe(404);
  });

  it('are kept as long as documents need them, and the page says which', async () => {
    await host.customer('ada', DENVER);
    await host.invoice('ada', {});
    const { text } = await host.page('connections/anrok');
    expect(text).toContain('It can’t be deleted.');
    expect(text).not.toContain('connections/anrok/delete');
    expect((await host.page('connections/anrok/delete', { typed: 'anrok' })).status).toBe(409);
    const removal = host.app.get(ConnectionRemovalService, { strict: false });
    expect(await removal.dependents('anrok')).toMatchObject({ documents: 1 });
  });

  it.each(['connections', 'connections/anrok/test', 'connections/anrok/key', 'connections/anrok/delete'])(
    'are not changed by a page of another site: %s',
    async (path) => {
      const { status } = await host.page(path, { apiKey: 'x', typed: 'anrok' }, { 'sec-fetch-site': 'cross-site' });
      expect(status).toBe(403);
    },
  );
});

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { WebhookEndpointCreateInput } from 'lago-javascript-client';
import { refusalOf } from '../testing/lago-refusal.js';
import { startHost, type TestHost } from '../testing/host.starter.js';

type Input = NonNullable<WebhookEndpointCreateInput['webhook_endpoint']>;

describe('webhook endpoints', () => {
  let host: TestHost;
  beforeAll(async () => {
    host = await startHost();
  });
  afterAll(() => host.close());

  const create = async (input: Input) =>
    (await host.lago.webhookEndpoints.createWebhookEndpoint({ webhook_endpoint: input })).data.webhook_endpoint;
  const update = async (id: string, input: Partial<Input>) =>
    (await host.lago.webhookEndpoints.updateWebhookEndpoint(id, { webhook_endpoint: input as Input })).data
      .webhook_endpoint;
  const find = async (id: string) =>
    (await host.lago.webhookEndpoints.findWebhookEndpoint(id)).data.webhook_endpoint as object;
  const list = async () => (await host.lago.webhookEndpoints.findAllWebhookEndpoints()).data.webhook_endpoints;
  const UNKNOWN = '00000000-0000-7000-8000-00000000000f';

  it('come back as they were given, several of them', async () => {
    const first = await create({ webhook_url: 'http://127.0.0.1:4000/hooks' });
    const given = { webhook_url: 'https://foo.bar', name: 'Books', event_types: ['invoice.created', 'invoice.voided'] };
    const second = await create({ ...given, signature_algo: 'hmac' });
    expect(first).toMatchObject({ signature_algo: 'hmac', name: null, event_types: null });
    expect(second).toMatchObject({
      ...given,
      lago_organization_id: expect.any(String),
      created_at: expect.any(String),
    });
    expect((await list()).map(({ lago_id }) => lago_id)).toEqual([second.lago_id, first.lago_id]);
  });

  it('show their secret once, when they are made, and each its own', async () => {
    const created = [
      await create({ webhook_url: 'https://a.example' }),
      await create({ webhook_url: 'https://b.example' }),
    ];
    const secrets = created.map((endpoint) => (endpoint as { secret?: string }).secret);
    for (const secret of secrets) expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(new Set(secrets).size).toBe(2);
    const { lago_id } = created[0]!;
    expect(await update(lago_id, { name: 'Later' })).not.toHaveProperty('secret');
    expect(await find(lago_id)).not.toHaveProperty('secret');
    expect(JSON.stringify(await list())).not.toContain('whsec_');
  });

  it('keep what an update does not mention, and lose what it sets to null', async () => {
    const before = await create({ webhook_url: 'https://before.example', name: 'X', event_types: ['fee.created'] });
    const after = await update(before.lago_id, { webhook_url: 'https://after.example', event_types: null });
    expect(after).toMatchObject({ webhook_url: 'https://after.example', name: 'X', event_types: null });
    expect(await find(before.lago_id)).toEqual(after);
  });

  it('are gone when they are deleted', async () => {
    const { lago_id } = await create({ webhook_url: 'https://gone.example' });
    const deleted = await host.lago.webhookEndpoints.destroyWebhookEndpoint(lago_id);
    expect(deleted.data.webhook_endpoint.lago_id).toBe(lago_id);
    expect(await refusalOf(find(lago_id))).toMatchObject({ status: 404, code: 'webhook_endpoint_not_found' });
  });

  it.each<[string, object, string]>([
    ['no URL', { webhook_url: null }, 'value_is_mandatory'],
    ['what is no URL', { webhook_url: 'foo.bar' }, 'url_invalid'],
    ['a URL of another kind', { webhook_url: 'ftp://foo.bar' }, 'url_invalid'],
    ['a URL with a password', { webhook_url: 'https://me:secret@foo.bar' }, 'url_invalid'],
    ['a URL that no request can be sent to as it is', { webhook_url: 'https://foo.bar/a b' }, 'url_invalid'],
  ])('are refused with %s, new and changed', async (what, input, problem) => {
    const { lago_id } = await create({ webhook_url: `https://kept.example/${encodeURIComponent(what)}` });
    for (const save of [create, (input: Input) => update(lago_id, input)])
      expect(await refusalOf(save(input as Input))).toMatchObject({
        status: 422,
        error_details: { webhook_url: [problem] },
      });
  });

  it.each<[string, object]>([
    ['event_types', { event_types: ['invoice.made_up'] }],
    ['signature_algo', { signature_algo: 'jwt' }],
  ])('are refused with %s that this host does not have: %j', async (field, input) => {
    const saving = create({ webhook_url: 'https://refused.example', ...input });
    expect(await refusalOf(saving)).toMatchObject({ status: 422, error_details: { [field]: ['value_is_invalid'] } });
  });

  it('listen to something', async () => {
    const saving = create({ webhook_url: 'https://deaf.example', event_types: [] });
    expect(await refusalOf(saving)).toMatchObject({ error_details: { event_types: ['value_is_mandatory'] } });
  });

  it('have URLs of their own', async () => {
    await create({ webhook_url: 'https://taken.example' });
    expect(await refusalOf(create({ webhook_url: 'https://taken.example' }))).toMatchObject({
      status: 422,
      error_details: { webhook_url: ['value_already_exist'] },
    });
  });

  it.each([UNKNOWN, 'no-uuid'])('that do not exist are not found: %s', async (id) => {
    const { webhookEndpoints } = host.lago;
    const calls = [find, (id: string) => update(id, { name: 'x' }), webhookEndpoints.destroyWebhookEndpoint];
    for (const call of calls)
      expect(await refusalOf(call(id))).toMatchObject({ status: 404, code: 'webhook_endpoint_not_found' });
  });
});

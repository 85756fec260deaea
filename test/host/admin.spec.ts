import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { MikroORM } from '@mikro-orm/core';
import { DENVER, HostUnderTest } from '../support/host-under-test.js';
import { problem } from '../support/problem.js';

describe('the admin API', () => {
  let host: HostUnderTest;
  beforeAll(async () => {
    host = await HostUnderTest.start();
    await host.customer('acme', DENVER);
  });
  afterAll(() => host.close());

  it.each([
    ['GET', 'connections'],
    ['POST', 'connections'],
    ['PATCH', 'connections/anrok'],
    ['POST', 'connections/anrok/test'],
    ['GET', 'connections/anrok/mappings'],
    ['PUT', 'connections/anrok/mappings'],
    ['POST', 'estimates'],
    ['GET', 'records'],
    ['GET', 'records/1'],
    ['POST', 'records/1/retry'],
  ])('lets nobody %s /%s without the key', async (method, path) => {
    for (const key of ['', 'wrong'])
      expect(await host.admin(method, path, undefined, key)).toMatchObject({
        status: 401,
        body: { code: 'http_401', remedy: expect.stringContaining('credentials') },
      });
  });

  describe('on connections', () => {
    it('lists them with their keys masked', async () => {
      const { status, body } = await host.admin('GET', 'connections');
      expect(status).toBe(200);
      expect(body.connections).toEqual([
        expect.objectContaining({ code: 'anrok', sellerId: 'sandbox', apiKey: 'sandbox/key1/••••' }),
      ]);
    });

    it('makes one, and tests it', async () => {
      const made = await host.admin('POST', 'connections', {
        code: 'eu',
        name: 'Europe',
        apiKey: 'sandbox/key2/secret.eu',
      });
      expect(made).toMatchObject({ status: 201, body: { code: 'eu', apiKey: 'sandbox/key2/••••' } });
      expect(await host.admin('POST', 'connections/eu/test')).toMatchObject({
        status: 200,
        body: { ok: false, problem: { code: 'anrok_unauthorized', remedy: expect.any(String) } },
      });
      await host.admin('PATCH', 'connections/eu', { name: 'EU', apiKey: host.simulator.apiKey });
      expect(await host.admin('POST', 'connections/eu/test')).toMatchObject({
        status: 200,
        body: { ok: true, sellerId: 'sandbox' },
      });
    });

    it.each([
      [{ code: 'anrok', name: 'Again', apiKey: 'a/b/c' }, 409, 'connection_code_taken'],
      [{ code: 'No Good', name: 'x', apiKey: 'a/b/c' }, 400, 'invalid_request'],
      [{ code: 'ok', name: '', apiKey: 'a/b/c' }, 400, 'invalid_request'],
      [{ code: 'ok', name: 'x', apiKey: 'has space' }, 400, 'invalid_request'],
      [{ code: 'ok', name: 'x' }, 400, 'invalid_request'],
      [{ code: 'ok', name: 'x', apiKey: 'a/b/c', admin: true }, 400, 'invalid_request'],
      [{ code: ['ok'], name: { $ne: 1 }, apiKey: 1 }, 400, 'invalid_request'],
    ])('refuses %j', async (body, status, code) => {
      expect(await host.admin('POST', 'connections', body)).toEqual(problem(status, code));
    });

    it('says of an unknown one that it is', async () => {
      for (const [method, path] of [
        ['PATCH', 'connections/none'],
        ['POST', 'connections/none/test'],
        ['GET', 'connections/none/mappings'],
      ] as const)
        expect(await host.admin(method, path, method === 'GET' ? undefined : {})).toEqual(
          problem(404, 'connection_not_found'),
        );
    });
  });

  describe('on mappings', () => {
    const put = (body: object) => host.admin('PUT', 'connections/anrok/mappings', body);

    it('maps an item, a whole type and the fallback, and lists them as they were given', async () => {
      const given = [
        { itemType: 'metric', itemId: 'calls', productExternalId: 'saas-business' },
        { itemType: 'metric', productExternalId: 'digital-goods' },
        { itemType: 'fallback', productExternalId: 'not-taxable' },
      ];
      for (const mapping of given) expect(await put(mapping)).toMatchObject({ status: 200, body: mapping });
      const { body } = await host.admin('GET', 'connections/anrok/mappings');
      expect(body.mappings).toEqual(expect.arrayContaining(given));
    });

    it('replaces what was mapped before', async () => {
      await put({ itemType: 'metric', itemId: 'bytes', productExternalId: 'digital-goods' });
      await put({ itemType: 'metric', itemId: 'bytes', productExternalId: 'not-taxable' });
      const { body } = await host.admin('GET', 'connections/anrok/mappings');
      expect(body.mappings.filter((mapping: { itemId?: string }) => mapping.itemId === 'bytes')).toEqual([
        { itemType: 'metric', itemId: 'bytes', productExternalId: 'not-taxable' },
      ]);
    });

    it.each([
      { itemType: '', productExternalId: 'x' },
      { itemType: '*', productExternalId: 'x' },
      { itemType: 'metric', itemId: '', productExternalId: 'x' },
      { itemType: 'metric', itemId: '*', productExternalId: 'x' },
      { itemType: 'metric', itemId: 'y', productExternalId: '' },
      { itemType: 'metric', itemId: 'y' },
      { itemType: 'metric', itemId: 7, productExternalId: 'x' },
    ])('refuses %j', async (mapping) => {
      expect(await put(mapping)).toEqual(problem(400, 'invalid_request'));
    });
  });

  describe('on estimates', () => {
    const document = {
      currency: 'USD',
      accountingDate: '2026-03-15',
      customer: { id: 'acme', billingAddress: { region: 'CO', city: 'Denver', postalCode: '80204', country: 'US' } },
      lines: [{ id: 'l1', item: { type: 'add_on', id: 'pro' }, amount: 10_000 }],
    };

    it('says what a document would be taxed, and records nothing', async () => {
      const before = host.simulator.books.transactions();
      const { status, body } = await host.admin('POST', 'estimates', document);
      expect(status).toBe(200);
      expect(body).toMatchObject({ strategy: 'anrok', taxAmountToCollect: 481, totalAmount: 10_481 });
      expect(host.simulator.books.transactions()).toEqual(before);
      expect(host.simulator.books.customers()).toEqual([]);
    });

    it('taxes a customer that is not linked over the connection that comes with it', async () => {
      const customer = { ...document.customer, id: 'nobody', account: { code: 'anrok' } };
      const { body } = await host.admin('POST', 'estimates', { ...document, customer });
      expect(body).toMatchObject({ taxAmountToCollect: 481 });
    });

    it.each([
      [{ ...document, lines: undefined }, 400, 'invalid_request'],
      [{ ...document, lines: [{ id: 'l1', item: 'pro', amount: 1 }] }, 400, 'invalid_request'],
      [{ ...document, lines: [{ ...document.lines[0], amount: 0.5 }] }, 400, 'invalid_request'],
      [{ ...document, extra: 1 }, 400, 'invalid_request'],
      [{ ...document, currency: 'ZZZ' }, 422, 'unknown_currency'],
      [{ ...document, accountingDate: 'yesterday' }, 422, 'invalid_tax_document'],
      [{ ...document, customer: { id: 'nobody' } }, 422, 'customer_not_linked'],
      [{ ...document, customer: { id: 'acme' } }, 422, 'customer_address_unusable'],
      [{ ...document, customer: { id: 'nobody', account: { code: 'gone' } } }, 404, 'connection_not_found'],
      [{ ...document, customer: { id: 'nobody', account: { code: 'anrok', strategy: 'x' } } }, 400, 'invalid_request'],
    ])('refuses %j', async (body, status, code) => {
      expect(await host.admin('POST', 'estimates', body)).toEqual(problem(status, code));
    });

    it('tells a fault at Anrok from one of the document', async () => {
      host.simulator.faults.next('transactions.createEphemeral', { kind: 'status', status: 500 });
      expect(await host.admin('POST', 'estimates', document)).toEqual(problem(502, 'anrok_server_error'));
    });
  });

  it('keeps every secret: none is in the database, in an answer or in an error', async () => {
    const secret = 'secret.v3ry-s3cr3t';
    await host.admin('POST', 'connections', { code: 'secret', name: 'Secret', apiKey: `sandbox/key9/${secret}` });
    await host.lago.customers.createCustomer({
      customer: {
        external_id: 'secretive',
        ...DENVER,
        currency: 'USD',
        integration_customers: [{ integration_type: 'anrok', integration_code: 'secret' }],
      } as never,
    });
    await host.admin('PUT', 'connections/secret/mappings', {
      itemType: 'fallback',
      productExternalId: 'saas-business',
    });
    host.simulator.faults.next('any', { kind: 'status', status: 400, body: `echo of Bearer sandbox/key9/${secret}` });
    await host.invoice('secretive', {});
    const answers = await Promise.all(
      ['connections', 'records', 'connections/secret/mappings'].map((path) => host.admin('GET', path)),
    );
    for (const { id } of answers[1]!.body.records) answers.push(await host.admin('GET', `records/${id}`));
    answers.push(await host.admin('POST', 'connections/secret/test'));
    expect(JSON.stringify(answers)).not.toContain(secret);

    const orm = host.app.get(MikroORM);
    for (const [entity, { embeddable }] of orm.getMetadata().getAll())
      if (!embeddable) expect(JSON.stringify(await orm.em.fork().find(entity, {}))).not.toContain(secret);
  });
});

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DENVER, HostUnderTest } from '../support/host-under-test.js';

describe('the admin API on connections', () => {
  let host: HostUnderTest;
  beforeAll(async () => {
    host = await HostUnderTest.start();
    await host.customer('acme', DENVER);
  });
  afterAll(() => host.close());

  const problem = (status: number, code: string) => ({
    status,
    type: expect.stringContaining('application/problem+json'),
    body: expect.objectContaining({ status, code, detail: expect.stringMatching(/\w.*\.$/) }),
  });
  const rotate = (body: object) => host.admin('PATCH', 'connections/anrok', body);
  const none = { customers: 0, mappings: 0, documents: 0, unfinishedDocuments: 0, runningResyncs: 0 };

  it.each([
    ['GET', 'connections/anrok'],
    ['DELETE', 'connections/anrok'],
    ['GET', 'connections/anrok/dependents'],
    ['GET', 'connections/anrok/features'],
  ])('lets nobody %s /%s without the key, and knows no other connection', async (method, path) => {
    expect(await host.admin(method, path, undefined, 'wrong')).toMatchObject({ status: 401 });
    expect(await host.admin(method, path.replace('anrok', 'none'))).toEqual(problem(404, 'connection_not_found'));
  });

  it('shows one, with what is wrong with it', async () => {
    expect(await host.admin('GET', 'connections/anrok')).toMatchObject({
      status: 200,
      body: { code: 'anrok', apiKey: 'sandbox/key1/••••', pausedAt: null, problem: null },
    });
    await host.admin('POST', 'connections', { code: 'bad', name: 'Bad', apiKey: 'sandbox/key1/secret.bad' });
    await host.admin('POST', 'connections/bad/test');
    expect((await host.admin('GET', 'connections/bad')).body).toMatchObject({
      pausedAt: expect.any(String),
      problem: { code: 'anrok_unauthorized' },
    });
    expect(await host.admin('GET', 'connections/bad/features')).toEqual(problem(422, 'connection_paused'));
    await host.admin('DELETE', 'connections/bad');
  });

  it('tells which features its account has', async () => {
    host.simulator.setFeatures({ listFilings: false });
    const { status, body } = await host.admin('GET', 'connections/anrok/features');
    expect(status).toBe(200);
    expect(body.features).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ feature: 'transactionList', state: 'on' }),
        expect.objectContaining({
          feature: 'filingList',
          state: 'off',
          reason: expect.stringContaining('not enabled'),
        }),
      ]),
    );
    host.simulator.setFeatures({ listFilings: true });
  });

  describe('that get another key', () => {
    const wrong = 'sandbox/key1/secret.wrong';
    const works = async () => (await host.admin('POST', 'connections/anrok/test')).body.ok;

    it('keep theirs where the new one is of another account, refused, or can not be tested', async () => {
      expect(await rotate({ apiKey: 'other/key1/secret.x' })).toEqual(problem(409, 'key_of_another_account'));
      expect(await rotate({ apiKey: wrong })).toEqual(problem(422, 'api_key_refused'));
      host.simulator.faults.next('productTaxCategories.list', { kind: 'status', status: 500 });
      expect(await rotate({ apiKey: host.simulator.apiKey })).toEqual(problem(502, 'api_key_not_tested'));
      expect(await works()).toBe(true);
    });

    it('take it where it works, or where no test is wanted', async () => {
      expect(await rotate({ apiKey: host.simulator.apiKey })).toMatchObject({ status: 200, body: { code: 'anrok' } });
      expect(await rotate({ apiKey: wrong, testKey: false })).toMatchObject({ status: 200 });
      expect(await works()).toBe(false);
      expect(await rotate({ apiKey: host.simulator.apiKey })).toMatchObject({ body: { pausedAt: null } });
      expect(await works()).toBe(true);
    });

    it.each([{ testKey: 'no' }, { apiKey: '' }, { code: 'new' }, { name: '' }])('refuse %j', async (body) => {
      expect(await rotate(body)).toEqual(problem(400, 'invalid_request'));
    });
  });

  describe('that are deleted', () => {
    const eu = (method: string, path = '') => host.admin(method, `connections/eu${path}`);
    const make = () => host.admin('POST', 'connections', { code: 'eu', name: 'Europe', apiKey: host.simulator.apiKey });

    it('go when nothing depends on them', async () => {
      await make();
      expect(await eu('GET', '/dependents')).toMatchObject({ status: 200, body: none });
      expect(await eu('DELETE')).toMatchObject({ status: 200, body: none });
      expect(await eu('GET')).toMatchObject({ status: 404 });
    });

    it('take customers and mappings along only when that is confirmed', async () => {
      await make();
      await host.admin('PUT', 'connections/eu/mappings', { itemType: 'fallback', productExternalId: 'not-taxable' });
      const refused = await eu('DELETE');
      expect(refused).toEqual(problem(409, 'connection_in_use'));
      expect(refused.body.details).toEqual({ connection: 'eu', ...none, mappings: 1 });
      expect(await eu('DELETE', '?confirm=false')).toEqual(problem(409, 'connection_in_use'));
      expect(await eu('DELETE', '?confirm=yes')).toEqual(problem(400, 'invalid_request'));
      expect(await eu('DELETE', '?confirm=true')).toMatchObject({ status: 200, body: { ...none, mappings: 1 } });
    });

    it('stay where documents were synced over them', async () => {
      const invoice = await host.invoice('acme', {});
      const refused = await host.admin('DELETE', 'connections/anrok?confirm=true');
      expect(refused).toEqual(problem(409, 'connection_has_history'));
      expect(refused.body).toMatchObject({
        remedy: expect.stringContaining('another connection'),
        details: { documents: 1, unfinishedDocuments: 0, customers: 1, mappings: 2 },
      });
      expect((await host.admin('GET', 'records')).body.records).toMatchObject([{ document: { id: invoice.lago_id } }]);
    });
  });
});

import { describe, expect, it } from '@jest/globals';
import { aDocument, DENVER, NEW_YORK } from '../testing/document.builder.js';
import { clockAt, simulators, type SimulatorUnderTest } from '../testing/simulators.js';

const start = simulators();
const aCertificate = (changes: object = {}) => ({
  customerId: 'cus-1',
  customerName: 'Acme Inc',
  effectiveDateBegin: '2026-01-01',
  certificateFile: { name: 'certificate.pdf', contentsBase64: 'Y2VydA==' },
  jurises: [{ jurisId: 'us-CO' }],
  ...changes,
});
const create = async ({ post }: SimulatorUnderTest, changes: object = {}) =>
  (await post<{ id: string }>('certificates/create', aCertificate(changes))).body.id;
const taxOf = async ({ post }: SimulatorUnderTest, changes: Record<string, unknown> = {}) =>
  (
    await post<{ taxAmountToCollect: number }>(
      'transactions/createEphemeral',
      aDocument({ customerId: 'cus-1', ...changes }),
    )
  ).body.taxAmountToCollect;

describe('a certificate', () => {
  it('exempts its customer in its state and the towns there, until it is archived', async () => {
    const simulator = await start();
    const id = await create(simulator);
    expect(await taxOf(simulator)).toBe(0);
    expect(await taxOf(simulator, { customerAddress: NEW_YORK })).toBe(888);
    expect(await taxOf(simulator, { customerId: undefined })).toBe(481);
    await simulator.post(`certificates/id:${id}/archive`);
    expect(await taxOf(simulator)).toBe(481);
  });

  it('gives customerExempt as the reason', async () => {
    const simulator = await start();
    await create(simulator);
    const document = aDocument({ customerId: 'cus-1', customerAddress: DENVER });
    expect((await simulator.post('transactions/createEphemeral', document)).body).toMatchObject({
      jurisSummaries: [
        { name: 'Colorado', notTaxedReasons: [{ type: 'productNotTaxed' }] },
        { name: 'Denver (local)', notTaxedReasons: [{ type: 'exempt', reason: { type: 'customerExempt' } }] },
      ],
    });
  });

  it('holds from its first to its last day, by tax date', async () => {
    const simulator = await start();
    await create(simulator, { jurises: [{ jurisId: 'us-CO', effectiveDateEndi: '2026-02-28' }] });
    const taxes = ['2025-12-31', '2026-01-01', '2026-02-28', '2026-03-01'].map((taxDate) =>
      taxOf(simulator, { taxDate }),
    );
    expect(await Promise.all(taxes)).toEqual([481, 0, 0, 481]);
  });

  it('is shown with what was given and empty texts for what was not', async () => {
    const simulator = await start({ clock: clockAt('2026-03-20T08:00:00Z') });
    const id = await create(simulator, {
      exemptionNumber: 'E-1',
      jurises: [
        { jurisId: 'us-CO', effectiveDateEndi: '2028-01-01', registrationId: 'R-1', notes: 'note' },
        { jurisId: 'us-MA', effectiveDateEndi: '2027-01-01' },
        { jurisId: 'us-TX' },
      ],
    });
    expect((await simulator.post(`certificates/id:${id}/get`)).body).toEqual({
      id,
      status: 'active',
      customerId: 'cus-1',
      customerName: 'Acme Inc',
      createdTime: '2026-03-20T08:00:00.000Z',
      effectiveDateBegin: '2026-01-01',
      expiryDate: '2027-01-01',
      exemptionNumber: 'E-1',
      notes: '',
      jurises: [
        { jurisId: 'us-CO', registrationId: 'R-1', effectiveDateEndi: '2028-01-01', notes: 'note' },
        { jurisId: 'us-MA', registrationId: '', effectiveDateEndi: '2027-01-01', notes: '' },
        { jurisId: 'us-TX', registrationId: '', effectiveDateEndi: null, notes: '' },
      ],
    });
  });

  it.each([
    ['active', [null]],
    ['active', ['2026-05-19']],
    ['expiringSoon', ['2026-05-18']],
    ['expiringSoon', ['2026-03-20', null]],
    ['expiringSoon', ['2026-03-19', null]],
    ['expired', ['2026-03-19', '2026-01-01']],
  ])('is %s on 20 March 2026 when it ends %j', async (status, ends) => {
    const simulator = await start({ clock: clockAt('2026-03-20T08:00:00Z') });
    const states = ['us-CO', 'us-MA'];
    const jurises = ends.map((end, index) => ({ jurisId: states[index], ...(end && { effectiveDateEndi: end }) }));
    const id = await create(simulator, { jurises });
    expect((await simulator.post(`certificates/id:${id}/get`)).body).toMatchObject({ status });
    await simulator.post(`certificates/id:${id}/archive`);
    expect((await simulator.post(`certificates/id:${id}/get`)).body).toMatchObject({ status: 'archived' });
  });

  it('creates its customer with a name, and needs a known one without', async () => {
    const simulator = await start();
    const nameless = aCertificate({ customerName: undefined });
    expect(await simulator.post('certificates/create', nameless)).toMatchObject({
      status: 409,
      body: { type: 'customerIdNotFound' },
    });
    await create(simulator);
    expect(simulator.books.customers()).toEqual([{ id: 'cus-1', name: 'Acme Inc' }]);
    expect(await simulator.post('certificates/create', nameless)).toMatchObject({ status: 200 });
    expect(simulator.books.certificates()).toHaveLength(2);
  });

  it.each<[string, object, string]>([
    ['a state twice', { jurises: [{ jurisId: 'us-CO' }, { jurisId: 'us-CO' }] }, 'duplicateJurisIds'],
    ['a country', { jurises: [{ jurisId: 'eu-oss' }] }, 'jurisNotFound'],
    ['a town', { jurises: [{ jurisId: 'us-CO-denver' }] }, 'jurisNotFound'],
    ['a program', { certificateFile: { name: 'setup.exe', contentsBase64: 'Y2VydA==' } }, 'fileTypeNotSupported'],
  ])('is refused for %s', async (_, changes, type) => {
    const simulator = await start();
    expect(await simulator.post('certificates/create', aCertificate(changes))).toMatchObject({
      status: 409,
      body: { type },
    });
    expect([simulator.books.certificates(), simulator.books.customers()]).toEqual([[], []]);
  });

  it.each<[object, string]>([
    [{ customerId: undefined }, '"customerId": Required.'],
    [{ effectiveDateBegin: 'today' }, '"effectiveDateBegin": Invalid date.'],
    [{ certificateFile: { name: 'a.pdf' } }, '"certificateFile": "contentsBase64": Required.'],
    [
      { certificateFile: { name: 'a.pdf', contentsBase64: '%' } },
      '"certificateFile": "contentsBase64": Invalid base64.',
    ],
    [{ jurises: [] }, '"jurises": Array must contain at least 1 element(s).'],
    [
      { jurises: [{ jurisId: 'us-CO', effectiveDateEnd: '2027-01-01' }] },
      '"jurises": [0]: Unrecognized key(s) in object: \'effectiveDateEnd\'.',
    ],
  ])('out of shape by %j is refused', async (changes, sentence) => {
    const { post } = await start();
    expect(await post('certificates/create', aCertificate(changes))).toMatchObject({
      status: 400,
      body: `Request body: ${sentence}`,
    });
  });

  it('that is unknown is neither shown nor archived', async () => {
    const { post } = await start();
    const unknown = { status: 409, body: { type: 'certificateIdNotFound' } };
    expect(await post('certificates/id:nope/get')).toMatchObject(unknown);
    expect(await post('certificates/id:nope/archive')).toMatchObject(unknown);
  });
});

describe('certificates/list', () => {
  interface ListAnswer {
    readonly certificates: readonly { readonly id: string }[];
    readonly nextCursor: string | null;
    readonly hasMore: boolean;
  }

  it('selects by customer and by status, and has no cursor after the last page', async () => {
    const simulator = await start();
    const mine = await create(simulator);
    const archived = await create(simulator, { customerId: 'cus-2' });
    await simulator.post(`certificates/id:${archived}/archive`);
    const list = async (body: object) => (await simulator.post<ListAnswer>('certificates/list', body)).body;
    expect(await list({})).toMatchObject({
      certificates: [{ id: mine }, { id: archived }],
      nextCursor: null,
      hasMore: false,
    });
    expect((await list({ filter: { customerId: 'cus-1' } })).certificates).toMatchObject([{ id: mine }]);
    expect((await list({ filter: { status: 'archived' } })).certificates).toMatchObject([{ id: archived }]);
    expect((await list({ filter: { status: 'expired' } })).certificates).toEqual([]);
    const first = await list({ limit: 1 });
    expect(first).toMatchObject({ certificates: [{ id: mine }], hasMore: true });
    expect(await list({ cursor: first.nextCursor })).toMatchObject({
      certificates: [{ id: archived }],
      hasMore: false,
    });
  });

  it('refuses an unknown customer, an unknown status and a cursor with a filter', async () => {
    const { post } = await start();
    expect((await post('certificates/list', { filter: { customerId: 'nope' } })).body).toEqual({
      type: 'customerIdNotFound',
    });
    expect((await post('certificates/list', { cursor: 'nope' })).body).toEqual({ type: 'invalidCursor' });
    const refused = await post('certificates/list', { filter: { status: 'new' } });
    expect([refused.headers.get('content-type'), refused.text]).toEqual([
      'text/plain',
      'Request body: "filter": "status": Invalid enum value.',
    ]);
    expect((await post('certificates/list', { cursor: 'x', filter: {} })).text).toContain('exclude each other');
    expect((await post('certificates/list', { limit: 101 })).text).toContain('less than or equal to 100');
  });
});

describe('certificateRequests/create', () => {
  const request = { customerId: 'cus-1', customerName: 'Acme Inc', emailAddress: 'tax@acme.example' };

  it('keeps the request, with e-mail unless told otherwise, and gives a link', async () => {
    const { post, books } = await start();
    const { body } = await post('certificateRequests/create', request);
    await post('certificateRequests/create', { ...request, sendEmail: false });
    const [first, second] = books.certificateRequests();
    expect(first).toMatchObject({ customerId: 'cus-1', emailAddress: 'tax@acme.example', sendEmail: true });
    expect(second?.sendEmail).toBe(false);
    expect(body).toEqual({ requestId: first?.id, requestLink: expect.stringContaining(`/${first?.id}`) });
  });

  it('refuses what is no address, an unknown customer, and everything while it is off', async () => {
    const { post, setFeatures } = await start();
    const refusal = (type: string) => ({ status: 409, body: { type } });
    expect(await post('certificateRequests/create', { ...request, emailAddress: 'acme' })).toMatchObject(
      refusal('invalidEmailAddress'),
    );
    expect(await post('certificateRequests/create', { ...request, customerName: undefined })).toMatchObject(
      refusal('customerIdNotFound'),
    );
    expect((await post('certificateRequests/create', {})).text).toBe('Request body: "customerId": Required.');
    setFeatures({ certificateRequests: false });
    expect(await post('certificateRequests/create', request)).toMatchObject(refusal('featureNotEnabled'));
  });
});

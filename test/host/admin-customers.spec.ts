import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DENVER, HostUnderTest } from '../support/host-under-test.js';
import { problem } from '../support/problem.js';

const FILE = { name: 'certificate.pdf', contents: Buffer.from('resells everything').toString('base64') };
const CERTIFICATE = { file: FILE, effectiveFrom: '2026-01-01', jurisdictions: [{ id: 'us-CO' }] };

describe('the admin API on customers', () => {
  let host: HostUnderTest;
  beforeAll(async () => {
    host = await HostUnderTest.start();
    await host.customer('acme', { ...DENVER, name: 'Acme Inc', tax_identification_number: '84-1' });
    await host.customer('nowhere', { name: 'Nowhere_100%' });
    await host.lago.customers.createCustomer({ customer: { external_id: 'unlinked', name: 'Un', currency: 'USD' } });
  });
  afterAll(() => host.close());

  const idsOf = async (query: string) =>
    (await host.admin('GET', `customers?${query}`)).body.customers.map(({ id }: { id: string }) => id);

  it.each([
    ['', ['acme', 'nowhere', 'unlinked']],
    ['search=ACM', ['acme']],
    ['search=inc', ['acme']],
    ['search=100%25', ['nowhere']],
    ['search=_', ['nowhere']],
    ["search='%20or%201=1--", []],
    ['after=acme&limit=1', ['nowhere']],
  ])('lists them by "%s"', async (query, expected) => {
    expect(await idsOf(query)).toEqual(expected);
  });

  it('lists them page by page', async () => {
    const { body } = await host.admin('GET', 'customers?limit=2');
    expect(body.customers).toHaveLength(2);
    expect(await idsOf(`limit=2&after=${body.next}`)).toEqual(['unlinked']);
    expect((await host.admin('GET', 'customers?limit=3')).body.next).toBeNull();
  });

  it('shows what Anrok gets of one, and how many of its documents are open', async () => {
    await host.stock('unmapped', 100);
    await host.invoice('acme', { add_on_code: 'unmapped' });
    expect((await host.admin('GET', 'customers/acme')).body).toEqual({
      id: 'acme',
      name: 'Acme Inc',
      link: {
        customerId: 'acme',
        connectionCode: 'anrok',
        anrokCustomerId: 'acme',
        createAtAnrok: true,
        knownAt: null,
        page: null,
      },
      openDocuments: 1,
      sent: {
        address: { line1: '1450 Cherokee St', city: 'Denver', region: 'CO', postalCode: '80204', country: 'US' },
        addressProblem: null,
        taxIds: ['84-1'],
      },
    });
  });

  it('shows why nothing can be sent of one, and that one is not linked', async () => {
    expect((await host.admin('GET', 'customers/nowhere')).body.sent).toEqual({
      address: null,
      addressProblem: expect.objectContaining({ code: 'customer_address_unusable' }),
      taxIds: [],
    });
    expect((await host.admin('GET', 'customers/unlinked')).body).not.toHaveProperty('link');
    expect(await host.admin('GET', 'customers/nobody')).toEqual(problem(404, 'customer_not_found'));
  });

  it('links one, changes its link, and unlinks it', async () => {
    const path = 'customer-links/unlinked';
    expect(await host.admin('GET', path)).toEqual(problem(404, 'customer_link_not_found'));
    const made = await host.admin('PUT', path, { connectionCode: 'anrok' });
    expect(made).toMatchObject({ status: 200, body: { anrokCustomerId: 'unlinked', createAtAnrok: true } });
    await host.admin('PUT', path, { connectionCode: 'anrok', anrokCustomerId: 'un-1' });
    expect((await host.admin('GET', path)).body).toMatchObject({ anrokCustomerId: 'un-1', createAtAnrok: false });
    expect((await host.admin('GET', 'customer-links?search=LINK')).body).toMatchObject({
      links: [{ customerId: 'unlinked' }],
      next: null,
    });
    for (let times = 0; times < 2; times++) expect((await host.admin('DELETE', path)).status).toBe(204);
    expect(await host.admin('GET', path)).toEqual(problem(404, 'customer_link_not_found'));
  });

  it('lists links by their customers’ ids, page by page', async () => {
    const { body } = await host.admin('GET', 'customer-links?limit=1&connectionCode=anrok');
    expect(body).toMatchObject({ links: [{ customerId: 'acme' }], next: 'acme' });
    expect((await host.admin('GET', `customer-links?limit=1&after=${body.next}`)).body).toMatchObject({
      links: [{ customerId: 'nowhere' }],
      next: null,
    });
    for (const nobody of ['search=%25', 'search=_', "search='--", 'connectionCode=x'])
      expect((await host.admin('GET', `customer-links?${nobody}`)).body.links).toEqual([]);
  });

  it.each([
    ['GET', 'customers?limit=0', undefined, 400, 'invalid_request'],
    ['GET', 'customers?search=', undefined, 400, 'invalid_request'],
    ['GET', 'customers?search[a]=b', undefined, 400, 'invalid_request'],
    ['GET', 'customers/%00', undefined, 400, 'invalid_request'],
    ['GET', 'customer-links?limit=1000', undefined, 400, 'invalid_request'],
    ['PUT', 'customer-links/acme', {}, 400, 'invalid_request'],
    ['PUT', 'customer-links/acme', { connectionCode: 'anrok', anrokCustomerId: '' }, 400, 'invalid_request'],
    ['PUT', 'customer-links/acme', { connectionCode: 'anrok', customerId: 'other' }, 400, 'invalid_request'],
    ['PUT', 'customer-links/acme', { connectionCode: 'none' }, 404, 'connection_not_found'],
    ['POST', 'customers/nobody/tax-ids/validate', {}, 404, 'customer_not_found'],
    ['POST', 'customers/nowhere/tax-ids/validate', {}, 422, 'customer_address_unusable'],
    ['POST', 'customers/unlinked/tax-ids/validate', { address: { country: 'DE' } }, 422, 'customer_not_linked'],
    ['POST', 'customers/acme/tax-ids/validate', { taxIds: 'DE1' }, 400, 'invalid_request'],
    ['POST', 'customers/acme/tax-ids/validate', { taxIds: [1] }, 400, 'invalid_request'],
    ['POST', 'customers/acme/tax-ids/validate', { address: 'Berlin' }, 400, 'invalid_request'],
    ['GET', 'customers/unlinked/certificates', undefined, 422, 'customer_not_linked'],
    ['GET', 'customers/acme/certificates?status=lost', undefined, 400, 'invalid_request'],
    ['GET', 'customers/acme/certificates/none', undefined, 404, 'certificate_not_found'],
    ['POST', 'customers/acme/certificates/none/archive', {}, 404, 'certificate_not_found'],
    ['POST', 'customers/acme/certificates', { ...CERTIFICATE, file: undefined }, 400, 'invalid_request'],
    [
      'POST',
      'customers/acme/certificates',
      { ...CERTIFICATE, file: { ...FILE, contents: 'ä' } },
      400,
      'invalid_request',
    ],
    [
      'POST',
      'customers/acme/certificates',
      { ...CERTIFICATE, file: { ...FILE, contents: '' } },
      400,
      'invalid_request',
    ],
    [
      'POST',
      'customers/acme/certificates',
      { ...CERTIFICATE, file: { ...FILE, name: '../x' } },
      400,
      'invalid_request',
    ],
    ['POST', 'customers/acme/certificates', { ...CERTIFICATE, effectiveFrom: '2026-02-30' }, 400, 'invalid_request'],
    ['POST', 'customers/acme/certificates', { ...CERTIFICATE, jurisdictions: [] }, 400, 'invalid_request'],
    ['POST', 'customers/acme/certificates', { ...CERTIFICATE, jurisdictions: [{ id: 'CO' }] }, 400, 'invalid_request'],
    ['POST', 'customers/acme/certificates/requests', { emailAddress: 'nobody' }, 400, 'invalid_request'],
  ])('answers %s /%s with %j by %i %s', async (method, path, body, status, code) => {
    expect(await host.admin(method, path, body)).toEqual(problem(status, code));
  });

  it('keeps a certificate, shows it, and archives it', async () => {
    const path = 'customers/acme/certificates';
    const made = await host.admin('POST', path, CERTIFICATE);
    expect(made).toMatchObject({ status: 201, body: { isNew: true } });
    expect((await host.admin('POST', path, CERTIFICATE)).body).toEqual({ id: made.body.id, isNew: false });
    const shown = { id: made.body.id, status: 'active', customerId: 'acme', effectiveFrom: '2026-01-01' };
    expect((await host.admin('GET', `${path}/${made.body.id}`)).body).toMatchObject(shown);
    expect((await host.admin('POST', `${path}/${made.body.id}/archive`)).status).toBe(204);
    expect((await host.admin('GET', `${path}?status=archived`)).body.certificates).toMatchObject([
      { id: made.body.id },
    ]);
    expect((await host.admin('GET', `${path}?status=active`)).body.certificates).toEqual([]);
    expect(await host.admin('GET', `customers/nowhere/certificates/${made.body.id}`)).toEqual(
      problem(404, 'certificate_not_found'),
    );
  });

  it('asks a customer for a certificate', async () => {
    const asked = await host.admin('POST', 'customers/acme/certificates/requests', {
      emailAddress: 'tax@acme.example',
      sendEmail: false,
    });
    expect(asked).toMatchObject({
      status: 201,
      body: { id: expect.any(String), link: expect.stringContaining('http') },
    });
  });

  it('says whether tax ids are valid: the host’s, others, and at another address', async () => {
    const validate = async (body: object) => (await host.admin('POST', 'customers/acme/tax-ids/validate', body)).body;
    const address = { country: 'DE', city: 'Berlin', postalCode: '10117' };
    expect(await validate({ taxIds: ['DE136695976', 'x'], address })).toMatchObject({
      valid: ['DE136695976'],
      invalid: ['x'],
      jurisdictions: [{ name: 'Germany' }],
    });
    await host.customer('berlin', { country: 'DE', city: 'Berlin', tax_identification_number: 'DE136695976' });
    expect((await host.admin('POST', 'customers/berlin/tax-ids/validate', {})).body).toMatchObject({
      valid: ['DE136695976'],
    });
    expect((await host.admin('POST', 'customers/berlin/tax-ids/validate', { taxIds: ['y'] })).body).toMatchObject({
      invalid: ['y'],
    });
  });
});

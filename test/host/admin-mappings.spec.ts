import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { stockCalls } from '../../apps/host/src/api/testing/charging.js';
import { type AdminAnswer, DENVER, HostUnderTest } from '../support/host-under-test.js';

describe('the admin API', () => {
  let host: HostUnderTest;
  beforeAll(async () => {
    host = await HostUnderTest.start();
    await host.customer('acme', DENVER);
    await stockCalls(host);
    await host.stock('rare', 10_000);
  });
  afterAll(() => host.close());

  const problem = (status: number, code: string) => ({
    status,
    type: expect.stringContaining('application/problem+json'),
    body: expect.objectContaining({ status, code, detail: expect.stringMatching(/^[A-Z].{10}/) }),
  });
  const get = (path: string) => host.admin('GET', `connections/anrok/${path}`);
  const upload = (file: string | Uint8Array<ArrayBuffer>, query = '') =>
    host.adminFile('POST', `connections/anrok/mappings/import${query}`, file);
  const csv = (...lines: string[]) => ['item_type,item_id,product_external_id', ...lines].join('\n');

  it.each([
    ['DELETE', 'mappings'],
    ['GET', 'mappings/export'],
    ['POST', 'mappings/import'],
    ['GET', 'coverage'],
    ['GET', 'coverage/blocking'],
    ['GET', 'products/x'],
    ['POST', 'products'],
    ['GET', 'tax-categories'],
  ])('lets nobody %s /connections/anrok/%s without the key, and knows no other connection', async (method, path) => {
    expect(await host.admin(method, `connections/anrok/${path}`, undefined, 'wrong')).toMatchObject({ status: 401 });
    const query = method === 'DELETE' ? '?itemType=x' : '';
    const product = { externalId: 'x', name: 'x', taxCategory: { type: 'standard', id: 'x' } };
    const body = method === 'POST' && path === 'products' ? product : undefined;
    expect(await host.admin(method, `connections/none/${path}${query}`, body)).toEqual(
      problem(404, 'connection_not_found'),
    );
  });

  describe('on mappings', () => {
    it('maps to products that Anrok has, and to others when they are not to be checked', async () => {
      const mapping = { itemType: 'metric', itemId: 'odd', productExternalId: 'no-such' };
      expect(await host.admin('PUT', 'connections/anrok/mappings', mapping)).toEqual(
        problem(404, 'product_not_at_anrok'),
      );
      expect(await host.admin('PUT', 'connections/anrok/mappings', { ...mapping, checkProduct: false })).toMatchObject({
        status: 200,
        body: { ...mapping, product: 'unchecked', problem: null },
      });
      expect(await host.map({ ...mapping, productExternalId: 'saas-business', checkProduct: true })).toMatchObject({
        body: { product: 'known', problem: null },
      });
      host.simulator.faults.next('products.get', { kind: 'status', status: 503 });
      expect(await host.map({ ...mapping, productExternalId: 'no-such', checkProduct: true })).toMatchObject({
        status: 200,
        body: { product: 'unchecked', problem: { code: 'anrok_server_error' } },
      });
      expect(await host.map({ ...mapping, itemType: 'fallback' })).toEqual(problem(400, 'invalid_mapping'));
    });

    it('lists them by pages, and takes them out', async () => {
      await host.map({ itemType: 'fallback', productExternalId: 'not-taxable' });
      const all = [];
      for (let after: string | null = ''; after !== null;) {
        const { body } = await get(`mappings?limit=2${after && `&after=${encodeURIComponent(after)}`}`);
        all.push(...body.mappings);
        after = body.next;
        expect(body.total).toBe(4);
      }
      expect(all).toHaveLength(4);
      expect((await get('mappings?search=SETUP')).body.mappings).toEqual([
        { itemType: 'add_on', itemId: 'setup', productExternalId: 'saas-business' },
      ]);
      expect((await get('mappings?itemType=fallback')).body.mappings).toHaveLength(1);
      for (const key of ['itemType=fallback', 'itemType=metric&itemId=odd'])
        expect(await host.admin('DELETE', `connections/anrok/mappings?${key}`)).toMatchObject({ status: 200 });
      expect(await host.admin('DELETE', 'connections/anrok/mappings?itemType=fallback')).toEqual(
        problem(404, 'mapping_not_found'),
      );
      expect((await get('mappings')).body.mappings).toHaveLength(2);
    });

    it.each([
      ['GET', 'mappings?limit=0'],
      ['GET', 'mappings?limit=many'],
      ['GET', 'mappings?after=a%00b'],
      ['GET', 'mappings?search=a&search=b'],
      ['GET', 'mappings?surprise=1'],
      ['DELETE', 'mappings'],
      ['DELETE', 'mappings?itemType=*'],
      ['DELETE', 'mappings?itemType=metric&itemId=*'],
      ['DELETE', 'mappings?itemType=metric&itemId=a%00b'],
      ['POST', 'mappings/import?dryRun=perhaps'],
      ['GET', 'coverage?uncovered=1'],
      ['GET', 'coverage?limit=501'],
    ])('refuses %s /%s', async (method, path) => {
      expect(await host.admin(method, `connections/anrok/${path}`)).toEqual(problem(400, 'invalid_request'));
    });
  });

  describe('on files of mappings', () => {
    it('gives one that it takes back, and that a spreadsheet opens', async () => {
      await host.map({ itemType: 'metric', itemId: '=cmd', productExternalId: 'saas-business' });
      const file = await host.adminFile('GET', 'connections/anrok/mappings/export');
      expect(file).toMatchObject({ status: 200, type: 'text/csv; charset=utf-8' });
      expect(file.body).toBe(
        [
          '\uFEFF"item_type","item_id","item_name","product_external_id"',
          '"add_on","pro","pro","saas-business"',
          '"add_on","setup","setup","saas-business"',
          `"metric","'=cmd","","saas-business"`,
          '',
        ].join('\r\n'),
      );
      const before = (await get('mappings')).body;
      expect(await upload(file.body)).toMatchObject({
        status: 200,
        body: {
          dryRun: false,
          created: 0,
          changed: 0,
          unchanged: 3,
          continuing: 0,
          uncheckedProducts: [],
          problem: null,
        },
      });
      expect((await get('mappings')).body).toEqual(before);
      await host.admin('DELETE', 'connections/anrok/mappings?itemType=metric&itemId=%3Dcmd');
    });

    it('tells beforehand what one would do, and then does it', async () => {
      const file = csv('metric,a,digital-goods', 'add_on,pro,digital-goods');
      expect((await upload(file, '?dryRun=true')).body).toMatchObject({ dryRun: true, created: 1, changed: 1 });
      expect((await get('mappings')).body.total).toBe(2);
      expect((await upload(file)).body).toMatchObject({ dryRun: false, created: 1, changed: 1 });
      expect((await get('mappings')).body.total).toBe(3);
      await host.admin('DELETE', 'connections/anrok/mappings?itemType=metric&itemId=a');
    });

    it('refuses one with bad lines, naming each', async () => {
      const before = (await get('mappings')).body;
      const latin = Buffer.from(csv('add_on,caf\xe9,saas-business'), 'latin1');
      const answers = [
        await upload(csv('add_on,good,saas-business', 'add_on,x,no-such', 'add_on,,')),
        await upload(new Uint8Array(latin)),
        await upload('nothing'),
        await upload(''),
        await host.admin('POST', 'connections/anrok/mappings/import', { csv: 'x' }),
      ];
      for (const answer of answers) expect(answer).toEqual(problem(422, 'invalid_mapping_file'));
      expect(answers[0]!.body.details).toEqual({
        badLines: 1,
        lines: [{ line: 4, reason: 'the product id is missing' }],
      });
      expect(answers[1]!.body.detail).toContain('UTF-8');
      expect((await upload(csv('add_on,x,no-such'))).body.detail).toContain('line 2: Anrok has no product "no-such"');
      expect(await upload(csv('add_on,x,no-such'), '?checkProducts=false&dryRun=true')).toMatchObject({ status: 200 });
      expect((await get('mappings')).body).toEqual(before);
    });

    it('refuses one that is too large', async () => {
      expect(await upload('x'.repeat(5_000_001))).toEqual(problem(413, 'mapping_file_too_large'));
    });
  });

  describe('on the coverage of items', () => {
    it('shows all that the host sells, of every type, and what it is at Anrok', async () => {
      const { data } = await host.lago.addOns.findAddOn('rare');
      await host.lago.plans.createPlan({
        plan: {
          code: 'gold',
          name: 'Gold plan',
          interval: 'monthly',
          amount_cents: 1000,
          amount_currency: 'USD',
          pay_in_advance: false,
          minimum_commitment: { amount_cents: 5000 },
          fixed_charges: [
            { add_on_id: data.add_on.lago_id, units: '1', charge_model: 'standard', properties: { amount: '1' } },
          ],
        } as never,
      });
      await host.map({ itemType: 'subscription', productExternalId: 'saas-business' });
      const { body } = await get('coverage');
      expect(body.next).toBeNull();
      const shown = Object.fromEntries(
        body.items.map((item: Record<string, string>) => [`${item['itemType']} ${item['itemId']}`, item['through']]),
      );
      expect(shown).toMatchObject({
        'add_on setup': 'item',
        'add_on rare': null,
        'billable_metric calls': null,
        'fixed_charge rare': null,
        'subscription gold': 'type',
        'minimum_commitment gold': null,
        'prepaid_credit prepaid_credit': null,
      });
      expect(Object.keys(shown).filter((item) => item.startsWith('fixed_charge'))).toEqual(['fixed_charge rare']);
      expect((await get('coverage?search=GOLD%20plan')).body.items).toEqual([
        {
          itemType: 'subscription',
          itemId: 'gold',
          name: 'Gold plan',
          productExternalId: 'saas-business',
          through: 'type',
          waitingDocuments: 0,
        },
        expect.objectContaining({ itemType: 'minimum_commitment', productExternalId: null, through: null }),
      ]);
      const uncovered = [];
      for (let after: string | null = ''; after !== null;) {
        const query: string = `coverage?uncovered=true&limit=2${after && `&after=${encodeURIComponent(after)}`}`;
        const { body: page }: AdminAnswer = await get(query);
        uncovered.push(...page.items.map((item: Record<string, string>) => `${item['itemType']} ${item['itemId']}`));
        after = page.next;
      }
      expect(uncovered).toEqual(Object.keys(shown).filter((item) => shown[item] === null));
    });

    it('says what waiting documents are blocked by', async () => {
      await host.invoice('acme', { add_on_code: 'rare', unit_amount_cents: 100 });
      await host.invoice('acme', { add_on_code: 'rare', unit_amount_cents: 100 });
      const blocking = {
        itemType: 'add_on',
        itemId: 'rare',
        name: null,
        productExternalId: null,
        through: null,
        waitingDocuments: 2,
      };
      expect((await get('coverage/blocking')).body).toEqual({ items: [blocking] });
      expect((await get('coverage?type=add_on&search=rare')).body.items).toEqual([{ ...blocking, name: 'rare' }]);
      await upload(csv('add_on,rare,saas-business'));
      await host.work();
      expect((await get('coverage/blocking')).body).toEqual({ items: [] });
    });
  });

  describe('on products', () => {
    const seats = { externalId: 'seats: 2', name: 'Seats', taxCategory: { type: 'standard', id: 'saasBusiness' } };
    const create = (body: object) => host.admin('POST', 'connections/anrok/products', body);

    it('looks them up and creates them, with a category of the list', async () => {
      expect((await get('tax-categories')).body.taxCategories).toContainEqual({
        id: seats.taxCategory,
        name: expect.any(String),
      });
      const path = `products/${encodeURIComponent(seats.externalId)}`;
      expect(await get(path)).toEqual(problem(404, 'product_not_at_anrok'));
      expect(await create(seats)).toMatchObject({ status: 201, body: seats });
      expect(await get(path)).toMatchObject({ status: 200, body: { ...seats, description: '' } });
      expect(await create(seats)).toEqual(problem(409, 'anrok_external_id_already_exists'));
    });

    it.each([
      [{ ...seats, externalId: '' }, 400, 'invalid_request'],
      [{ ...seats, name: 7 }, 400, 'invalid_request'],
      [{ ...seats, taxCategory: undefined }, 400, 'invalid_request'],
      [{ ...seats, taxCategory: 'saasBusiness' }, 400, 'invalid_request'],
      [{ ...seats, taxCategory: { type: 'other', id: 'x' } }, 400, 'invalid_request'],
      [{ ...seats, extra: 1 }, 400, 'invalid_request'],
      [{ ...seats, externalId: 'no/slash' }, 422, 'anrok_external_id_invalid'],
      [
        { ...seats, externalId: 's', taxCategory: { type: 'standard', id: 'x' } },
        422,
        'anrok_tax_category_id_not_found',
      ],
    ])('refuses %j', async (body, status, code) => {
      expect(await create(body)).toEqual(problem(status, code));
    });

    it('tells a fault at Anrok', async () => {
      host.simulator.faults.next('productTaxCategories.list', { kind: 'status', status: 500 });
      expect(await get('tax-categories')).toEqual(problem(502, 'anrok_server_error'));
    });
  });
});

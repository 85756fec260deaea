import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { AnrokProductService, EVERY, MappingCsvService } from '@anrok-nest/module';
import { aLine, anInvoice } from '@anrok-nest/tax/testing';
import { type ModuleUnderTest, startModule } from '../support/module-under-test.js';

describe('mappings', () => {
  let tested: ModuleUnderTest;
  let csv: MappingCsvService;
  let products: AnrokProductService;
  beforeEach(async () => {
    tested = await startModule({ requestTimeoutMs: 600 });
    csv = tested.app.get(MappingCsvService);
    products = tested.app.get(AnrokProductService);
  });
  afterEach(() => tested.close());

  const map = (itemType: string, itemId: string, productExternalId: string, options?: { checkProduct: boolean }) =>
    tested.mappings.upsert('anrok', { itemType, itemId, productExternalId }, options);
  const invoice = (id: string, itemId: string, type = 'add_on') =>
    tested.finalize(anInvoice({ id, lines: [aLine({ item: { type, id: itemId } })] }));
  const statusOf = async (id: string) => (await tested.recordOf(id)).status;
  const file = (...lines: string[]) => ['item_type,item_id,product_external_id', ...lines].join('\n');
  const table = async (connection = 'anrok') =>
    (await tested.mappings.list(connection)).map(({ itemType, itemId, productExternalId }) =>
      [itemType, itemId, productExternalId].join(' '),
    );
  const calls = () => tested.simulator.calls.of('products.get').length;

  describe('of an item', () => {
    it('are refused where Anrok has no such product, and taken where it has', async () => {
      await expect(map('add_on', 'x', 'no-such', { checkProduct: true })).rejects.toMatchObject({
        code: 'product_not_at_anrok',
        message: expect.stringContaining('"no-such"'),
      });
      await expect(map('add_on', 'x', '/../', { checkProduct: true })).rejects.toMatchObject({
        code: 'product_not_at_anrok',
      });
      expect(await table()).toEqual(['add_on setup saas-business']);
      expect(await map('add_on', 'x', 'digital-goods', { checkProduct: true })).toEqual({
        product: 'known',
        continuing: 0,
      });
      expect(await map('add_on', 'y', 'no-such')).toEqual({ product: 'unchecked', continuing: 0 });
    });

    it('are taken where Anrok can not say, and the answer says why', async () => {
      tested.simulator.faults.next('products.get', { kind: 'timeout' });
      expect(await map('add_on', 'x', 'no-such', { checkProduct: true })).toMatchObject({
        product: 'unchecked',
        problem: { code: 'anrok_timeout' },
      });
      await tested.connections.update('anrok', { apiKey: 'sandbox/key1/secret.wrong' });
      expect(await map('add_on', 'x', 'digital-goods', { checkProduct: true })).toMatchObject({
        product: 'unchecked',
        problem: { code: 'anrok_unauthorized' },
      });
      expect(await table()).toEqual(['add_on setup saas-business', 'add_on x digital-goods'].toSorted());
    });

    it.each([
      ['', 'x', 'p'],
      ['add on', 'x', 'p'],
      ['fallback', 'x', 'p'],
      [EVERY, 'x', 'p'],
      ['add_on', '', 'p'],
      ['add_on', 'x'.repeat(256), 'p'],
      ['add_on', 'a\0b', 'p'],
      ['add_on', 'x', ''],
    ])('are refused as %j %j %j', async (...mapping) => {
      await expect(map(...mapping)).rejects.toMatchObject({ code: 'invalid_mapping' });
    });

    it('can be taken out, which changes nothing at Anrok until a document is synced again', async () => {
      await invoice('1', 'setup');
      const before = tested.simulator.books.transactions();
      await tested.mappings.remove('anrok', { itemType: 'add_on', itemId: 'setup' });
      expect(await tested.worker.drain()).toBe(0);
      expect(tested.simulator.books.transactions()).toEqual(before);
      expect(await statusOf('1')).toBe('synced');
      await invoice('2', 'setup');
      expect(await statusOf('2')).toBe('waiting');
      await expect(tested.mappings.remove('anrok', { itemType: 'add_on', itemId: 'setup' })).rejects.toMatchObject({
        code: 'mapping_not_found',
      });
    });

    it('let waiting documents go on when they are taken out and a wider one holds', async () => {
      await map('add_on', 'odd', 'no-such');
      await map('add_on', 'other', 'no-such');
      await invoice('1', 'odd');
      await invoice('2', 'other');
      await map('add_on', EVERY, 'saas-business');
      await tested.worker.drain();
      expect([await statusOf('1'), await statusOf('2')]).toEqual(['waiting', 'waiting']);
      await tested.mappings.remove('anrok', { itemType: 'add_on', itemId: 'odd' });
      expect(await tested.worker.drain()).toBe(1);
      expect([await statusOf('1'), await statusOf('2')]).toEqual(['synced', 'waiting']);
    });

    it('are listed by pages and found by a part of what they say', async () => {
      for (const id of ['a', 'B', '100%', 'a_b', 'axb']) await map('metric', id, `product of ${id}`);
      const all = [];
      let page: Awaited<ReturnType<typeof tested.mappings.page>> | undefined;
      do {
        page = await tested.mappings.page('anrok', { limit: 2, ...(page?.next && { after: page.next }) });
        expect(page.total).toBe(6);
        all.push(...page.mappings.map(({ itemId }) => itemId));
      } while (page.next);
      expect(all).toHaveLength(6);
      expect(new Set(all)).toEqual(new Set(['setup', 'a', 'B', '100%', 'a_b', 'axb']));
      const found = async (search: string, itemType?: string) =>
        (await tested.mappings.page('anrok', { search, limit: 10, ...(itemType && { itemType }) })).mappings
          .map(({ itemId }) => itemId)
          .toSorted();
      expect(await found('A_B')).toEqual(['a_b']);
      expect(await found('%')).toEqual(['100%']);
      expect(await found('of b')).toEqual(['B']);
      expect(await found('SAAS')).toEqual(['setup']);
      expect(await found('a', 'add_on')).toEqual(['setup']);
    });
  });

  describe('in a file', () => {
    it('come back as they went out', async () => {
      await map('metric', '=SUM(A1)', "'-product");
      await map('metric', EVERY, 'a "quoted", one');
      await map(EVERY, EVERY, 'digital-goods');
      tested.host.sell({ type: 'add_on', id: 'setup', name: 'Set-up, once' });
      await tested.connections.create({ code: 'other', name: 'Other', apiKey: tested.simulator.apiKey });
      const exported = await csv.export('anrok');
      expect(exported).toContain('"add_on","setup","Set-up, once","saas-business"');
      expect(await csv.import('other', exported, { checkProducts: false })).toMatchObject({ created: 4 });
      expect(await table('other')).toEqual(await table('anrok'));
      expect(await csv.import('anrok', exported, { checkProducts: false })).toMatchObject({
        created: 0,
        changed: 0,
        unchanged: 4,
      });
    });

    it('are taken all, and exactly the documents continue that waited for one', async () => {
      for (const id of ['a', 'b', 'c']) await invoice(id, id);
      await invoice('d', 'd', 'metric');
      const imported = file('add_on,a,saas-business', 'metric,,digital-goods', 'add_on,setup,digital-goods');
      expect(await csv.import('anrok', imported)).toEqual({
        dryRun: false,
        created: 2,
        changed: 1,
        unchanged: 0,
        changes: [
          { itemType: 'add_on', itemId: 'a', productExternalId: 'saas-business', before: null },
          { itemType: 'metric', itemId: '*', productExternalId: 'digital-goods', before: null },
          { itemType: 'add_on', itemId: 'setup', productExternalId: 'digital-goods', before: 'saas-business' },
        ],
        continuing: 2,
        uncheckedProducts: [],
      });
      expect(await tested.worker.drain()).toBe(2);
      expect(await Promise.all(['a', 'b', 'c', 'd'].map(statusOf))).toEqual(['synced', 'waiting', 'waiting', 'synced']);
      expect(await csv.import('anrok', file('fallback,,saas-business'))).toMatchObject({ created: 1 });
      await tested.worker.drain();
      expect(await Promise.all(['b', 'c'].map(statusOf))).toEqual(['synced', 'synced']);
    });

    it('are not taken at all where a line is bad, and every bad line is named', async () => {
      const bad = file('add_on,a,saas-business', 'add_on,b,no-such', 'add_on,c,no-such');
      await expect(csv.import('anrok', bad)).rejects.toMatchObject({
        code: 'invalid_mapping_file',
        flaws: [
          { line: 3, reason: 'Anrok has no product "no-such"' },
          { line: 4, reason: 'Anrok has no product "no-such"' },
        ],
      });
      await expect(csv.import('anrok', file('add_on,a,saas-business', 'add_on,b,'))).rejects.toMatchObject({
        flaws: [{ line: 3, reason: 'the product id is missing' }],
      });
      expect(await table()).toEqual(['add_on setup saas-business']);
    });

    it('change nothing on a dry run, which says what they would', async () => {
      await invoice('1', 'a');
      const lines = file('add_on,a,saas-business', 'add_on,setup,digital-goods');
      expect(await csv.import('anrok', lines, { dryRun: true })).toMatchObject({
        dryRun: true,
        created: 1,
        changed: 1,
      });
      await expect(csv.import('anrok', file('add_on,b,'), { dryRun: true })).rejects.toMatchObject({
        code: 'invalid_mapping_file',
      });
      expect(await table()).toEqual(['add_on setup saas-business']);
      expect(await tested.worker.drain()).toBe(0);
    });

    it('have each product checked once, or none, and say what could not be', async () => {
      const lines = file(
        ...Array.from({ length: 30 }, (_, n) => `metric,m${n},${n % 2 ? 'saas-business' : 'not-taxable'}`),
      );
      await csv.import('anrok', lines, { dryRun: true });
      expect(calls()).toBe(2);
      await csv.import('anrok', lines, { dryRun: true, checkProducts: false });
      expect(calls()).toBe(2);
      tested.simulator.faults.next('products.get', { kind: 'status', status: 500 });
      expect(await csv.import('anrok', lines)).toMatchObject({
        created: 30,
        uncheckedProducts: [expect.any(String)],
        problem: { code: 'anrok_server_error' },
      });
    });

    it('may be many, but not any number', async () => {
      const lines = (count: number, productOf: (line: number) => string = () => 'saas-business') =>
        file(...Array.from({ length: count }, (_, line) => `metric,m${line},${productOf(line)}`));
      expect(await csv.import('anrok', lines(2_100))).toMatchObject({ created: 2_100 });
      const different = lines(201, (line) => `p${line}`);
      for (const refused of [lines(10_001), different, `${file()}\n${'x'.repeat(5_000_000)}`])
        await expect(csv.import('anrok', refused)).rejects.toMatchObject({ code: 'mapping_file_too_large' });
      expect(await csv.import('anrok', different, { checkProducts: false })).toMatchObject({ changed: 201 });
    });
  });

  describe('and the products at Anrok', () => {
    const category = { type: 'standard', id: 'saasBusiness' } as const;

    it('can be looked up, and created with a category of the list', async () => {
      expect(await products.taxCategories('anrok')).toContainEqual({ id: category, name: expect.any(String) });
      await expect(products.get('anrok', 'seats')).rejects.toMatchObject({ code: 'product_not_at_anrok' });
      await products.create('anrok', { externalId: 'seats', name: 'Seats', taxCategoryId: category });
      expect(await products.get('anrok', 'seats')).toEqual({
        externalId: 'seats',
        name: 'Seats',
        description: '',
        taxCategoryId: category,
      });
    });

    it.each([
      [{ externalId: 'saas-business' }, 'anrok_external_id_already_exists'],
      [{ externalId: 'no/slash' }, 'anrok_external_id_invalid'],
      [{ taxCategoryId: { type: 'standard', id: 'none' } }, 'anrok_tax_category_id_not_found'],
    ])('are not created as %j', async (flaw, code) => {
      const draft = { externalId: 'seats', name: 'Seats', taxCategoryId: category, ...flaw };
      await expect(products.create('anrok', draft)).rejects.toMatchObject({ code });
    });

    it('make exactly those documents due that waited for a product, once it is created', async () => {
      await map('add_on', 'odd', 'seats');
      await map('metric', EVERY, 'seats');
      await invoice('1', 'odd');
      await invoice('2', 'calls', 'metric');
      await invoice('3', 'unmapped');
      await products.create('anrok', { externalId: 'seats', name: 'Seats', taxCategoryId: category });
      expect(await tested.worker.drain()).toBe(2);
      expect(await Promise.all(['1', '2', '3'].map(statusOf))).toEqual(['synced', 'synced', 'waiting']);
    });
  });
});

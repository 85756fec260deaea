import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { EVERY, ItemCoverageService } from '@anrok-nest/module';
import { aLine, anInvoice } from '@anrok-nest/tax/testing';
import { type ModuleUnderTest, startModule } from '../support/module-under-test.js';

describe('the coverage of items', () => {
  let tested: ModuleUnderTest;
  let coverage: ItemCoverageService;
  beforeEach(async () => {
    tested = await startModule();
    coverage = tested.app.get(ItemCoverageService);
  });
  afterEach(() => tested.close());

  const map = (itemType: string, itemId: string, productExternalId: string) =>
    tested.mappings.upsert('anrok', { itemType, itemId, productExternalId });
  const sell = (type: string, ...ids: string[]) =>
    ids.forEach((id) => tested.host.sell({ type, id, name: `The ${id}` }));
  const invoice = (id: string, ...items: [type: string, id: string][]) =>
    tested.finalize(
      anInvoice({ id, lines: items.map(([type, item], line) => aLine({ id: `${line}`, item: { type, id: item } })) }),
    );
  const all = async (request: { uncovered?: boolean; search?: string; type?: string } = {}, limit = 100) => {
    const found = [];
    let page: Awaited<ReturnType<ItemCoverageService['page']>> | undefined;
    do {
      page = await coverage.page('anrok', { ...request, limit, ...(page?.next !== undefined && { after: page.next }) });
      expect(page.items.length).toBeLessThanOrEqual(limit);
      found.push(...page.items);
    } while (page.next !== undefined);
    return found;
  };
  const ids = async (...given: Parameters<typeof all>) => (await all(...given)).map(({ item }) => item.id);

  it('says of each item which product it is and through what, or that it is none', async () => {
    sell('add_on', 'setup', 'pro');
    sell('metric', 'calls');
    expect(await all()).toEqual([
      {
        item: { type: 'add_on', id: 'setup' },
        name: 'The setup',
        product: { productExternalId: 'saas-business', through: 'item' },
        waitingDocuments: 0,
      },
      { item: { type: 'add_on', id: 'pro' }, name: 'The pro', product: null, waitingDocuments: 0 },
      { item: { type: 'metric', id: 'calls' }, name: 'The calls', product: null, waitingDocuments: 0 },
    ]);
    await map('add_on', EVERY, 'digital-goods');
    await map(EVERY, EVERY, 'not-taxable');
    expect((await all()).map(({ product }) => product)).toEqual([
      { productExternalId: 'saas-business', through: 'item' },
      { productExternalId: 'digital-goods', through: 'type' },
      { productExternalId: 'not-taxable', through: 'fallback' },
    ]);
  });

  it('keeps connections apart', async () => {
    sell('add_on', 'setup');
    await tested.connections.create({ code: 'other', name: 'Other', apiKey: tested.simulator.apiKey });
    const { items } = await coverage.page('other', { limit: 10 });
    expect(items).toMatchObject([{ product: null }]);
    await expect(coverage.page('gone', { limit: 10 })).rejects.toMatchObject({ code: 'connection_not_found' });
  });

  it.each([1, 2, 5])('lists all, and only those without a product, in pages of %i', async (limit) => {
    sell('metric', 'a', 'b', 'c', 'd', 'e', 'f');
    sell('add_on', 'setup');
    for (const id of ['a', 'c', 'd']) await map('metric', id, 'saas-business');
    expect(await ids({}, limit)).toEqual(['a', 'b', 'c', 'd', 'e', 'f', 'setup']);
    expect(await ids({ uncovered: true }, limit)).toEqual(['b', 'e', 'f']);
    await map(EVERY, EVERY, 'saas-business');
    expect(await ids({ uncovered: true }, limit)).toEqual([]);
  });

  it('searches by type and by a part of id or name', async () => {
    sell('metric', 'calls', 'bytes');
    sell('add_on', 'call-out');
    expect(await ids({ search: 'CALL' })).toEqual(['calls', 'call-out']);
    expect(await ids({ search: 'the b', type: 'metric' })).toEqual(['bytes']);
    expect(await ids({ type: 'add_on' })).toEqual(['call-out']);
  });

  it('says how many documents wait for each, also for items that the host does not list', async () => {
    sell('metric', 'calls');
    await invoice('1', ['metric', 'calls'], ['metric', 'old']);
    await invoice('2', ['metric', 'calls'], ['add_on', 'setup']);
    expect(await all()).toMatchObject([{ item: { id: 'calls' }, waitingDocuments: 2 }]);
    expect(await coverage.blocked('anrok')).toEqual([
      { item: { type: 'metric', id: 'calls' }, name: null, product: null, waitingDocuments: 2 },
      { item: { type: 'metric', id: 'old' }, name: null, product: null, waitingDocuments: 1 },
    ]);
    expect(await coverage.blocked('anrok', 1)).toHaveLength(1);

    await map('metric', EVERY, 'saas-business');
    await tested.worker.drain();
    expect(await coverage.blocked('anrok')).toEqual([]);
    expect(await all()).toMatchObject([{ item: { id: 'calls' }, waitingDocuments: 0 }]);
  });

  it('shows an item whose product Anrok does not know as mapped, and yet waited for', async () => {
    await map('add_on', 'odd', 'no-such');
    await invoice('1', ['add_on', 'odd']);
    expect(await coverage.blocked('anrok')).toMatchObject([
      { item: { id: 'odd' }, product: { productExternalId: 'no-such', through: 'item' }, waitingDocuments: 1 },
    ]);
  });
});

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { aLine, anInvoice } from '@anrok-nest/tax/testing';
import { type ModuleUnderTest, startModule } from '../../../../test/support/module-under-test.js';
import { DocumentMapper } from './document-mapper.js';

describe('the links of many customers', () => {
  let tested: ModuleUnderTest;
  beforeEach(async () => {
    tested = await startModule();
    await tested.connections.create({ code: 'second', name: 'Second', apiKey: tested.simulator.apiKey });
    await tested.links.link({ customerId: 'cus-2', connectionCode: 'second', anrokCustomerId: 'acme' });
    await tested.links.link({ customerId: 'cus-3', connectionCode: 'second' });
  });
  afterEach(() => tested.close());

  const found = async (...customerIds: string[]) => {
    const links = await tested.app.get(DocumentMapper).findLinks(customerIds);
    return Object.fromEntries(
      [...links].map(([id, { anrokCustomerId, connection }]) => [id, [anrokCustomerId, connection.code]]),
    );
  };

  it('come with their connections', async () => {
    expect(await found('cus-2', 'cus-1', 'cus-3', 'cus-2')).toEqual({
      'cus-1': ['cus-1', 'anrok'],
      'cus-2': ['acme', 'second'],
      'cus-3': ['cus-3', 'second'],
    });
  });

  it('lack customers that have none', async () => {
    expect(await found('cus-1', 'stranger')).toEqual({ 'cus-1': ['cus-1', 'anrok'] });
    expect(await found()).toEqual({});
  });

  it('are as they are now, also where the caller knew them before and has a transaction open', async () => {
    await tested.orm.em.fork().transactional(async () => {
      await found('cus-1');
      await tested.links.link({ customerId: 'cus-1', connectionCode: 'second', anrokCustomerId: 'another' });
      expect(await found('cus-1')).toEqual({ 'cus-1': ['another', 'second'] });
    });
  });
});

describe('a document that is estimated', () => {
  let tested: ModuleUnderTest;
  beforeEach(async () => {
    tested = await startModule();
  });
  afterEach(() => tested.close());

  const products = async (...ids: readonly string[]) => {
    const lines = ids.map((id, index) => aLine({ id: `l${index}`, item: { type: 'add_on', id } }));
    const { drafts } = await tested.app.get(DocumentMapper).forEstimate(anInvoice({ lines }));
    return drafts.flatMap(({ body }) => body.lineItems.map(({ productExternalId }) => productExternalId));
  };

  it('finds every item’s product, also where the items are too many for one statement', async () => {
    const many = Array.from({ length: 1_500 }, (_, index) => `item-${index}`);
    await tested.mappings.upsert('anrok', { itemType: 'add_on', itemId: 'item-1499', productExternalId: 'last' });
    await expect(products(...many)).rejects.toMatchObject({ code: 'item_not_mapped' });
    await tested.mappings.upsert('anrok', { itemType: '*', itemId: '*', productExternalId: 'fallback' });
    expect((await products(...many)).slice(-2)).toEqual(['fallback', 'last']);
    await tested.mappings.upsert('anrok', { itemType: 'add_on', itemId: '*', productExternalId: 'type' });
    expect((await products(...many)).slice(-2)).toEqual(['type', 'last']);
  });

  it('goes by what the transaction that is open at the caller’s has written', async () => {
    await tested.orm.em.fork().transactional(async () => {
      const changed = { itemType: 'add_on', itemId: 'setup', productExternalId: 'other' };
      await tested.mappings.upsert('anrok', changed);
      expect(await products('setup')).toEqual(['other']);
    });
  });
});

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { aLine, anInvoice } from '@anrok-nest/tax/testing';
import { type ModuleUnderTest, startModule } from '../../../../test/support/module-under-test.js';
import { DocumentMapper } from './document-mapper.js';

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

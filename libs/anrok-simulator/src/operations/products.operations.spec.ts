import { describe, expect, it } from '@jest/globals';
import { PRODUCT_TAX_CATEGORIES } from '../index.js';
import { aDocument, aLine } from '../testing/document.builder.js';
import { simulators } from '../testing/simulators.js';

const start = simulators();
const aProduct = (changes: object = {}) => ({
  externalId: 'sku-1001',
  taxCategoryId: { type: 'standard', id: 'saasBusiness' },
  name: 'Pro plan',
  ...changes,
});

describe('products', () => {
  it('are created, found and taxed from then on', async () => {
    const { post } = await start();
    const document = aDocument({ lineItems: [aLine({ productExternalId: 'sku-1001' })] });
    expect(await post('transactions/createEphemeral', document)).toMatchObject({ status: 409 });
    expect(await post('products/create', aProduct({ description: 'A month of it' }))).toMatchObject({
      status: 200,
      body: {},
    });
    expect((await post('products/externalId:sku-1001/get')).body).toEqual(aProduct({ description: 'A month of it' }));
    expect(await post('transactions/createEphemeral', document)).toMatchObject({ status: 200 });
  });

  it.each([undefined, null])('have an empty description where it is %s', async (description) => {
    const { post } = await start();
    await post('products/create', aProduct({ description }));
    expect((await post('products/externalId:sku-1001/get')).body).toMatchObject({ description: '' });
  });

  it.each(['A1', 'a b.c-d_e:f', '0', 'x y z'])('may be called %j', async (externalId) => {
    const { post } = await start();
    expect(await post('products/create', aProduct({ externalId }))).toMatchObject({ status: 200 });
    expect((await post(`products/externalId:${encodeURIComponent(externalId)}/get`)).body).toMatchObject({
      externalId,
    });
  });

  it.each(['', ' ', ' a', 'a ', 'a  b', 'a/b', 'ä', 'a\tb', 'a\n', '#1'])(
    'may not be called %j',
    async (externalId) => {
      const { post, books } = await start({ products: [] });
      expect(await post('products/create', aProduct({ externalId }))).toMatchObject({
        status: 409,
        body: { type: 'externalIdInvalid', message: expect.stringContaining('external ID') },
      });
      expect(books.products()).toEqual([]);
    },
  );

  it.each([
    ['the same id again', aProduct({ externalId: 'saas-business' }), 'externalIdAlreadyExists'],
    ['an unknown category', aProduct({ taxCategoryId: { type: 'standard', id: 'bread' } }), 'taxCategoryIdNotFound'],
    [
      'a category of the other type',
      aProduct({ taxCategoryId: { type: 'custom', id: 'saasBusiness' } }),
      'taxCategoryIdNotFound',
    ],
  ])('refuse %s', async (_, body, type) => {
    const { post } = await start();
    expect(await post('products/create', body)).toMatchObject({ status: 409, body: { type } });
  });

  it.each([
    [{}, '"externalId": Required.'],
    [aProduct({ taxCategoryId: 'saasBusiness' }), '"taxCategoryId": Expected object, received string.'],
    [aProduct({ taxCategoryId: { type: 'other', id: 'x' } }), '"taxCategoryId": "type": Invalid enum value.'],
    [aProduct({ name: null }), '"name": Expected string, received null.'],
    [aProduct({ price: 1 }), "Unrecognized key(s) in object: 'price'."],
  ])('refuse %j', async (body, sentence) => {
    const { post } = await start();
    expect(await post('products/create', body)).toMatchObject({ status: 400, body: `Request body: ${sentence}` });
  });

  it('are not found where there are none', async () => {
    const { post } = await start();
    expect(await post('products/externalId:nope/get')).toMatchObject({
      status: 409,
      body: { type: 'productExternalIdNotFound' },
    });
  });

  it('start as one of every tax category', async () => {
    const { post, books } = await start();
    expect(books.products().map(({ externalId }) => externalId)).toEqual([
      'saas-business',
      'saas-personal',
      'digital-goods',
      'physical-goods',
      'professional-services',
      'not-taxable',
      'onboarding',
    ]);
    const { body } = await post('productTaxCategories/list');
    expect(body).toEqual({
      productTaxCategories: PRODUCT_TAX_CATEGORIES.map(({ type, id, name }) => ({ id: { type, id }, name })),
    });
    expect(books.products().map(({ taxCategoryId }) => taxCategoryId)).toEqual(
      PRODUCT_TAX_CATEGORIES.map(({ type, id }) => ({ type, id })),
    );
  });
});

describe('product mappings of an integration', () => {
  const path = 'integrations/id:simulator/productIdMapping';

  it('are added and listed', async () => {
    const { post } = await start();
    expect((await post(`${path}/list`)).body).toEqual([]);
    expect(await post(`${path}/add`, { sourceId: 'price_1', targetId: 'saas-business' })).toMatchObject({
      status: 200,
    });
    await post(`${path}/add`, { sourceId: '__proto__', targetId: 'not-taxable' });
    expect((await post(`${path}/list`)).text).toBe('[{"price_1":"saas-business"},{"__proto__":"not-taxable"}]');
  });

  it('are overwritten only on demand', async () => {
    const { post } = await start();
    await post(`${path}/add`, { sourceId: 'price_1', targetId: 'saas-business' });
    const other = { sourceId: 'price_1', targetId: 'not-taxable' };
    expect(await post(`${path}/add`, other)).toMatchObject({ status: 409, body: { type: 'sourceIdAlreadyMapped' } });
    expect(await post(`${path}/add`, { ...other, shouldOverwrite: true })).toMatchObject({ status: 200 });
    expect((await post(`${path}/list`)).body).toEqual([{ price_1: 'not-taxable' }]);
  });

  it('need a product and an integration that exist', async () => {
    const { post } = await start({ integrationIds: ['simulator', 'other'] });
    const mapping = { sourceId: 'price_1', targetId: 'nope' };
    expect((await post(`${path}/add`, mapping)).body).toEqual({ type: 'targetIdNotFound' });
    const unknown = { status: 409, body: { type: 'integrationIdNotFound' } };
    expect(await post('integrations/id:nope/productIdMapping/add', mapping)).toMatchObject(unknown);
    expect(await post('integrations/id:nope/productIdMapping/list')).toMatchObject(unknown);
    expect(await post('integrations/id:other/productIdMapping/list')).toMatchObject({ status: 200, body: [] });
  });

  it('are refused out of shape', async () => {
    const { post } = await start();
    expect((await post(`${path}/add`, { sourceId: 'a' })).body).toBe('Request body: "targetId": Required.');
  });
});

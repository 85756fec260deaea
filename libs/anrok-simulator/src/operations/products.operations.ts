import { z } from 'zod';
import { emptyBody } from '../schema/paging.schema.js';
import { findCategory, PRODUCT_TAX_CATEGORIES } from '../tax/product-tax-category.js';
import { Conflict } from '../wire/conflict.js';
import { defineOperation } from './operation.js';

export const createProduct = defineOperation({
  name: 'products.create',
  path: 'products/create',
  body: z.strictObject({
    externalId: z.string(),
    taxCategoryId: z.strictObject({ type: z.enum(['standard', 'custom']), id: z.string() }),
    name: z.string(),
    description: z.string().nullish(),
  }),
  run({ externalId, taxCategoryId, name, description }, { books }) {
    const message = complaintAbout(externalId);
    if (message !== undefined) return new Conflict('externalIdInvalid', { message });
    if (books.products.has(externalId)) return new Conflict('externalIdAlreadyExists');
    if (!findCategory(taxCategoryId)) return new Conflict('taxCategoryIdNotFound');
    books.products.enter({ externalId, taxCategoryId, name, description: description ?? '' });
    return {};
  },
});

export const getProduct = defineOperation({
  name: 'products.get',
  path: 'products/externalId:{}/get',
  body: emptyBody,
  run(_, { books, pathId }) {
    return books.products.find(pathId) ?? new Conflict('productExternalIdNotFound');
  },
});

export const listProductTaxCategories = defineOperation({
  name: 'productTaxCategories.list',
  path: 'productTaxCategories/list',
  body: emptyBody,
  run() {
    return { productTaxCategories: PRODUCT_TAX_CATEGORIES.map(({ type, id, name }) => ({ id: { type, id }, name })) };
  },
});

function complaintAbout(externalId: string): string | undefined {
  if (externalId === '') return 'An external ID must not be empty.';
  if (!/^[A-Za-z0-9 .\-_:]+$/.test(externalId)) return 'An external ID holds only letters, digits, spaces and .-_:';
  if (externalId !== externalId.trim()) return 'An external ID must not begin or end with a space.';
  return externalId.includes('  ') ? 'An external ID must not have two spaces in a row.' : undefined;
}

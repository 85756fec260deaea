import { z } from 'zod';
import { mappingKey } from '../books/seller.books.js';
import { emptyBody } from '../schema/paging.schema.js';
import { Conflict } from '../wire/conflict.js';
import { defineOperation } from './operation.js';

export const listProductMappings = defineOperation({
  name: 'productIdMapping.list',
  path: 'integrations/id:{}/productIdMapping/list',
  body: emptyBody,
  run(_, { books, pathId, settings }) {
    if (!settings.integrationIds.includes(pathId)) return new Conflict('integrationIdNotFound');
    const mappings = books.productMappings.all().filter(({ integrationId }) => integrationId === pathId);
    return mappings.map(({ sourceId, targetId }) => ({ [sourceId]: targetId }));
  },
});

export const addProductMapping = defineOperation({
  name: 'productIdMapping.add',
  path: 'integrations/id:{}/productIdMapping/add',
  body: z.strictObject({
    sourceId: z.string(),
    targetId: z.string(),
    shouldOverwrite: z.boolean().default(false),
  }),
  run({ sourceId, targetId, shouldOverwrite }, { books, pathId: integrationId, settings }) {
    if (!settings.integrationIds.includes(integrationId)) return new Conflict('integrationIdNotFound');
    if (!books.products.has(targetId)) return new Conflict('targetIdNotFound');
    const isMapped = books.productMappings.has(mappingKey({ integrationId, sourceId }));
    if (isMapped && !shouldOverwrite) return new Conflict('sourceIdAlreadyMapped');
    books.productMappings.enter({ integrationId, sourceId, targetId });
    return {};
  },
});

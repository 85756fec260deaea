import { defineEntity, p } from '@mikro-orm/core';
import { v7 as uuidv7 } from 'uuid';
import { Connection } from './connection.entity.js';

const ItemMappingSchema = defineEntity({
  name: 'AnrokItemMapping',
  tableName: 'anrok_item_mapping',
  properties: {
    id: p
      .uuid()
      .primary()
      .onCreate(() => uuidv7()),
    connection: () => p.manyToOne(Connection).deleteRule('cascade'),
    /** A kind of item, or `*` for the fallback. */
    itemType: p.string().length(64),
    /** One item, or `*` for all of its type. */
    itemId: p.string().length(255),
    productExternalId: p.string().length(255),
    updatedAt: p.datetime(3),
  },
  uniques: [{ properties: ['connection', 'itemType', 'itemId'] }],
});

/** Which product at Anrok an item of the host is, on one connection. */
export class ItemMappingRow extends ItemMappingSchema.class {}
ItemMappingSchema.setClass(ItemMappingRow);

import { defineEntity, p } from '@mikro-orm/core';
import { v7 as uuidv7 } from 'uuid';
import { TaxSyncRecord } from './tax-sync-record.entity.js';
import type { WaitKind } from './wait-cause.js';

const TaxSyncWaitSchema = defineEntity({
  name: 'AnrokTaxSyncWait',
  tableName: 'anrok_sync_wait',
  properties: {
    id: p
      .uuid()
      .primary()
      .onCreate(() => uuidv7()),
    record: () => p.manyToOne(TaxSyncRecord).deleteRule('cascade'),
    kind: p.string().length(20).$type<WaitKind>(),
    /** Of an item mapping. */
    itemType: p.string().length(64).nullable(),
    itemId: p.string().length(255).nullable(),
  },
  indexes: [
    { name: 'anrok_sync_wait_record_idx', properties: ['record'] },
    { name: 'anrok_sync_wait_item_idx', properties: ['kind', 'itemType', 'itemId'] },
  ],
});

/** A change that a waiting document waits for. */
export class TaxSyncWait extends TaxSyncWaitSchema.class {}
TaxSyncWaitSchema.setClass(TaxSyncWait);

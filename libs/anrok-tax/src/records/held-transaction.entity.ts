import type { AnrokRecordedTransaction, AnrokTransaction } from '@anrok-nest/client';
import { defineEntity, p } from '@mikro-orm/core';
import { v7 as uuidv7 } from 'uuid';
import { TaxSyncRecord } from './tax-sync-record.entity.js';

const HeldTransactionSchema = defineEntity({
  name: 'AnrokHeldTransaction',
  tableName: 'anrok_transaction',
  properties: {
    id: p
      .uuid()
      .primary()
      .onCreate(() => uuidv7()),
    record: () => p.manyToOne(TaxSyncRecord).deleteRule('cascade'),
    /** At Anrok. */
    transactionId: p.string().length(512),
    /** At Anrok, as last answered. */
    version: p.integer(),
    /** `recorded`: it counts in a tax return. `voided`: it doesn't any more. */
    state: p.string().length(20).$type<'recorded' | 'voided'>(),
    /** What it was recorded with: address, tax ids and products as they were. */
    request: p.json<AnrokTransaction>(),
    /** Of the request; an unchanged document is not sent again. */
    requestHash: p.string().length(64),
    /** What Anrok computed, as it came. */
    answer: p.json<AnrokRecordedTransaction>(),
    /** To collect, in minor units. */
    taxAmount: p.bigint('number'),
    updatedAt: p.datetime(3),
  },
  uniques: [{ properties: ['record', 'transactionId'] }],
});

/** What we know Anrok to hold of a document. */
export class HeldTransaction extends HeldTransactionSchema.class {}
HeldTransactionSchema.setClass(HeldTransaction);

import type { AnrokRecordedTransaction, AnrokTransaction } from '@anrok-nest/client';
import { defineEntity, p } from '@mikro-orm/core';
import { v7 as uuidv7 } from 'uuid';
import { TaxSyncRecord } from './tax-sync-record.entity.js';

/**
 * `recorded`: it counts in a tax return. `voided`: it doesn't any more. `negated`: it does, and so does its negation;
 * together they are nothing. `doubtful`: it may be there; it is to be undone.
 */
export type HeldState = 'recorded' | 'voided' | 'negated' | 'doubtful';

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
    state: p.string().length(20).$type<HeldState>(),
    /** At Anrok, as last answered. This and what follows is null as long as no answer came. */
    version: p.integer().nullable(),
    /** What it was recorded with: address, tax ids and products as they were. */
    request: p.json<AnrokTransaction>().nullable(),
    /** Of the request; an unchanged document is not sent again. */
    requestHash: p.string().length(64).nullable(),
    /** What Anrok computed, as it came. */
    answer: p.json<AnrokRecordedTransaction>().nullable(),
    /** To collect, in minor units. */
    taxAmount: p.bigint('number').nullable(),
    updatedAt: p.datetime(3),
  },
  uniques: [{ properties: ['record', 'transactionId'] }],
});

/** What we know Anrok to hold of a document. */
export class HeldTransaction extends HeldTransactionSchema.class {}
HeldTransactionSchema.setClass(HeldTransaction);

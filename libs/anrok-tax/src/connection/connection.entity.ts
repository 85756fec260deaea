import type { TaxProblem } from '@anrok-nest/tax';
import { defineEntity, p } from '@mikro-orm/core';
import { v7 as uuidv7 } from 'uuid';

const ConnectionSchema = defineEntity({
  name: 'AnrokConnection',
  tableName: 'anrok_connection',
  properties: {
    id: p
      .uuid()
      .primary()
      .onCreate(() => uuidv7()),
    code: p.string().length(64).unique(),
    name: p.string().length(255),
    /** The part of the key before the first slash; addresses pages at Anrok. */
    sellerId: p.string().length(255).nullable(),
    /** By ApiKeyCipher; nothing but it reads or writes this. */
    encryptedApiKey: p.text(),
    /** Enough to recognise the key by: `sandbox/key1/••••`. */
    maskedApiKey: p.string().length(255),
    /** Since when nothing is sent over it, because Anrok refused the key. Null while it works. */
    pausedAt: p.datetime(3).nullable(),
    pausedProblem: p.json<TaxProblem>().nullable(),
    createdAt: p.datetime(3),
    updatedAt: p.datetime(3),
  },
});

/** An Anrok account and the key to it. */
export class Connection extends ConnectionSchema.class {}
ConnectionSchema.setClass(Connection);

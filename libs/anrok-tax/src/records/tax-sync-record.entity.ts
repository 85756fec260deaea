import type { Interval, TaxDocumentKind, TaxProblem } from '@anrok-nest/tax';
import { defineEntity, p } from '@mikro-orm/core';
import { v7 as uuidv7 } from 'uuid';
import { Connection } from '../connection/connection.entity.js';

export const SYNC_STATUSES = ['pending', 'processing', 'retrying', 'waiting', 'failed', 'synced'] as const;
/**
 * Where a document stands with Anrok. `pending`: to be done. `processing`: somebody holds the lease. `retrying`: to be
 * done again at `dueAt`. `waiting`: for the change that its waits name. `failed`: for a person. `synced`: done.
 */
export type SyncStatus = (typeof SYNC_STATUSES)[number];

const TaxSyncRecordSchema = defineEntity({
  name: 'AnrokTaxSyncRecord',
  tableName: 'anrok_sync_record',
  properties: {
    id: p
      .uuid()
      .primary()
      .onCreate(() => uuidv7()),
    connection: () => p.manyToOne(Connection).deleteRule('restrict'),
    documentKind: p.string().length(20).$type<TaxDocumentKind>(),
    documentId: p.string().length(255),
    /** By which people know the document, when it was last looked at; null where the host does not tell. */
    documentNumber: p.string().length(255).nullable(),
    /** Whose it is, as the host last had it when it counted. */
    customerId: p.string().length(255),
    /**
     * Whose it was when Anrok was last sent something of it, where that was another: until it is recorded for its own.
     * Null where Anrok can hold nothing of it.
     */
    formerCustomerId: p.string().length(255).nullable(),
    status: p.string().length(20).$type<SyncStatus>(),
    /** Raised by every request; a run that ends below it goes round again. */
    revision: p.integer(),
    /**
     * When it may be claimed: set in `pending` and `retrying`, the lease's end in `processing`, and in `synced` where
     * what was recorded is still to be confirmed, or to get its own accounting date. Null in all others, and only there.
     */
    dueAt: p.datetime(3).nullable(),
    /** Who processes it. Whoever finishes has to name the same. */
    leaseOwner: p.string().length(100).nullable(),
    /** Id of the resync that made it due, until it settles or is requested directly: it lets all others go first. */
    resyncRun: p.uuid().nullable(),
    /** Tries that failed in a row. */
    failures: p.integer().default(0),
    firstFailedAt: p.datetime(3).nullable(),
    /**
     * How many of the document's transactions Anrok may hold without our knowing: raised before they are sent, zero
     * once the answer is written down.
     */
    doubtfulParts: p.integer().default(0),
    /**
     * When the last request was given up without an answer, at the latest, while Anrok may still carry it out: what is
     * recorded meanwhile is not the last word. Null once that is over.
     */
    unansweredAt: p.datetime(3).nullable(),
    /** Which ids the document is recorded under now: raised when it changes after it was frozen for filing. */
    generation: p.integer().default(1),
    /** How many times in a row a lease on it ran out. */
    takeovers: p.integer().default(0),
    /** Of a credit note. */
    creditedInvoiceId: p.string().length(255).nullable(),
    /** Of a credit note: what it takes back of each line of its invoice, by line id. Null when nothing. */
    creditIntervals: p.json<Readonly<Record<string, readonly Interval[]>>>().nullable(),
    /** Of the last try: the code and sentences of what went wrong. Null after a success. */
    problem: p.json<TaxProblem>().nullable(),
    /** The same code, for filters. */
    problemCode: p.string().length(100).nullable(),
    currency: p.string().length(3).nullable(),
    /** To collect, as Anrok said, in minor units. */
    taxAmount: p.bigint('number').nullable(),
    requestedAt: p.datetime(3),
    syncedAt: p.datetime(3).nullable(),
  },
  uniques: [{ properties: ['documentKind', 'documentId'] }],
  indexes: [
    // claims read this one; finished records are not in it, so that history doesn't slow them down. Whatever compares the
    // moment implies the condition: SQLite knows that of no condition that names statuses
    { name: 'anrok_sync_record_due_idx', properties: ['dueAt'], where: { dueAt: { $ne: null } } },
    { name: 'anrok_sync_record_status_idx', properties: ['status', 'requestedAt', 'id'] },
    // lists are read by these, page by page
    { name: 'anrok_sync_record_requested_idx', properties: ['requestedAt', 'id'] },
    { name: 'anrok_sync_record_customer_idx', properties: ['customerId', 'requestedAt', 'id'] },
    { name: 'anrok_sync_record_connection_idx', properties: ['connection'] },
    // most documents credit nothing, and change nothing in it
    {
      name: 'anrok_sync_record_credited_idx',
      properties: ['creditedInvoiceId'],
      where: { creditedInvoiceId: { $ne: null } },
    },
  ],
});

/**
 * A document's standing with Anrok: one row per document, for its whole life. Holds a reference and a revision, never
 * a payload: whoever processes it looks at what the document is by then.
 */
export class TaxSyncRecord extends TaxSyncRecordSchema.class {}
TaxSyncRecordSchema.setClass(TaxSyncRecord);

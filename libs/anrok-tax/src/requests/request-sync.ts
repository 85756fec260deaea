import type { TaxDocumentReference } from '@anrok-nest/tax';
import type { EntityManager, QueryResult } from '@mikro-orm/core';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { v7 as uuidv7 } from 'uuid';
import { CustomerLink } from '../connection/customer-link.entity.js';
import { documentKey } from '../records/document-key.js';
import { inLockOrder } from '../records/lock-records.js';
import { TaxSyncRecord } from '../records/tax-sync-record.entity.js';
import { valueColumns, valueRows } from '../records/value-columns.js';

/**
 * Writes down that documents are to be synced: makes their records, or raises the revision of those that exist and
 * makes them due. Documents of customers without a link are not Anrok's and leave no trace, unless they have been
 * Anrok's before: what is recorded there has to follow the document.
 *
 * Runs in the host's transaction. Whose document it is by now, and so to which account it goes, is found out when it is
 * looked at.
 *
 * @returns those that are not Anrok's
 */
export async function requestSync(
  em: EntityManager,
  references: readonly TaxDocumentReference[],
  now: Date,
): Promise<readonly TaxDocumentReference[]> {
  const sql = em as SqlEntityManager;
  const wanted = inLockOrder([...new Map(references.map((one) => [documentKey(one), one])).values()]);
  const unlinked = await insertOrRaise(sql, wanted, now);
  const notes = unlinked.filter(({ kind }) => kind === 'credit_note');
  if (notes.length === 0) return unlinked;
  const strangers = await insertOrRaise(sql, notes, now, await formerConnections(em, notes));
  return [...unlinked.filter(({ kind }) => kind !== 'credit_note'), ...strangers];
}

/** Whether a request for this document would be Anrok's, as things are now. */
export async function isAnroks(em: EntityManager, reference: TaxDocumentReference): Promise<boolean> {
  const { kind, customerId } = reference;
  if ((await em.count(CustomerLink, { customerId })) > 0) return true;
  return kind === 'credit_note' && (await formerConnections(em, [reference])).size > 0;
}

/**
 * What somebody else makes in this moment is waited for, and raised: the change that is asked for here may not be seen by
 * the run that is asked for there.
 *
 * @param connections as of `insertNew`
 * @returns those that have no record
 */
async function insertOrRaise(
  em: SqlEntityManager,
  references: readonly TaxDocumentReference[],
  now: Date,
  connections?: ReadonlyMap<string, string>,
): Promise<TaxDocumentReference[]> {
  const others = without(references, await insertNew(em, references, now, connections));
  return without(others, await raiseDocuments(em, others, now));
}

function without(references: readonly TaxDocumentReference[], keys: ReadonlySet<string>): TaxDocumentReference[] {
  return references.filter((reference) => !keys.has(documentKey(reference)));
}

/**
 * By customer: where its invoices were to be recorded. A credit note follows what was recorded, also for a customer that
 * is linked no longer: which of the customer's connections it is, its invoice tells when it is looked at.
 */
async function formerConnections(
  em: EntityManager,
  references: readonly TaxDocumentReference[],
): Promise<ReadonlyMap<string, string>> {
  const known = await em.find(
    TaxSyncRecord,
    { documentKind: 'invoice', customerId: { $in: references.map(({ customerId }) => customerId) } },
    { fields: ['customerId', 'connection'], orderBy: { requestedAt: 'asc' } },
  );
  return new Map(known.map(({ customerId, connection }) => [customerId, connection.id]));
}

const unlessProcessing = (value: string, column: string) =>
  `case when status = 'processing' then ${column} else ${value} end`;
/** Whoever asks again for what was given up, or waited, has had it mended: it is tried as if for the first time. */
const afresh = (value: string, column: string) =>
  `case when status in ('failed', 'waiting') then ${value} else ${column} end`;

/** What it is to be asked for once more. In processing, when it is due is the end of the lease. */
const RAISED = `
  revision = revision + 1,
  status = ${unlessProcessing(`'pending'`, 'status')},
  due_at = ${unlessProcessing('?', 'due_at')},
  failures = ${afresh('0', 'failures')},
  first_failed_at = ${afresh('null', 'first_failed_at')},
  resync_run = null,
  requested_at = ?`;

/** Asks once more for those that fit. @returns the keys of these documents */
export async function raiseRecords(
  em: SqlEntityManager,
  condition: string,
  parameters: readonly string[],
  now: Date,
): Promise<ReadonlySet<string>> {
  const raised = await em.execute<DocumentColumns[]>(
    `update anrok_sync_record set ${RAISED} where ${condition} returning document_kind, document_id`,
    [now, now, ...parameters],
  );
  return keysOf(raised);
}

/** Of those that have a record. */
async function raiseDocuments(
  em: SqlEntityManager,
  references: readonly TaxDocumentReference[],
  now: Date,
): Promise<ReadonlySet<string>> {
  if (references.length === 0) return new Set();
  const places = references.map(() => '(?, ?)').join(', ');
  const values = references.flatMap(({ kind, id }) => [kind, id]);
  return raiseRecords(em, `(document_kind, document_id) in (values ${places})`, values, now);
}

interface DocumentColumns {
  readonly document_kind: TaxDocumentReference['kind'];
  readonly document_id: string;
}

function keysOf(rows: readonly DocumentColumns[]): ReadonlySet<string> {
  return new Set(rows.map(({ document_kind: kind, document_id: id }) => documentKey({ kind, id })));
}

/** The record of a document that has none yet, due at once. */
export function newRecord({ kind, id, customerId }: TaxDocumentReference, connectionId: string, now: Date) {
  return {
    id: uuidv7(),
    connection: connectionId,
    documentKind: kind,
    documentId: id,
    customerId,
    status: 'pending' as const,
    revision: 1,
    dueAt: now,
    failures: 0,
    doubtfulParts: 0,
    generation: 1,
    takeovers: 0,
    requestedAt: now,
  };
}

const VALUES = {
  id: 'uuid',
  kind: 'text',
  documentId: 'text',
  customerId: 'text',
  connection: 'uuid',
  now: 'timestamptz',
} as const;

const INSERT = `insert into anrok_sync_record
  (id, connection_id, document_kind, document_id, customer_id, status, revision, due_at, requested_at)`;
const UNLESS_THERE = 'on conflict (document_kind, document_id) do nothing';

/**
 * Makes the record of a document that has none: as most documents of a host come, alone and in the transaction that
 * makes them final, and so by the shortest statement that will do.
 *
 * @returns whether it made one; a customer without a link has none
 */
async function insertOne(
  em: SqlEntityManager,
  { kind, id, customerId }: TaxDocumentReference,
  now: Date,
): Promise<boolean> {
  const { affectedRows } = await em.execute<QueryResult>(
    `${INSERT} select ?, connection_id, ?, ?, ?, 'pending', 1, ?, ? from anrok_customer_link where customer_id = ?
     ${UNLESS_THERE}`,
    [uuidv7(), kind, id, customerId, now, now, customerId],
    'run',
  );
  return affectedRows > 0;
}

/**
 * Makes the records of documents that have none, in one statement.
 *
 * @param connections by customer; without them, those that the customers are linked to
 * @returns the keys of those that it made; customers without a connection have none
 */
async function insertNew(
  em: SqlEntityManager,
  references: readonly TaxDocumentReference[],
  now: Date,
  connections?: ReadonlyMap<string, string>,
): Promise<ReadonlySet<string>> {
  const [only, ...others] = references;
  if (only && others.length === 0 && !connections)
    return new Set((await insertOne(em, only, now)) ? [documentKey(only)] : []);
  const wanted = valueColumns(em, 'wanted', VALUES);
  const { places, values } = valueRows(
    VALUES,
    references.map(({ kind, id, customerId }) => {
      const connection = connections?.get(customerId) ?? null;
      return { id: uuidv7(), kind, documentId: id, customerId, connection, now };
    }),
  );
  const linked = `join anrok_customer_link link on link.customer_id = ${wanted.customerId}`;
  const connection = connections ? wanted.connection : 'link.connection_id';
  const made = await em.execute<DocumentColumns[]>(
    `${INSERT}
     select ${wanted.id}, ${connection}, ${wanted.kind}, ${wanted.documentId}, ${wanted.customerId},
       'pending', 1, ${wanted.now}, ${wanted.now}
     from (values ${places}) as wanted ${connections ? '' : linked}
     where ${connection} is not null
     ${others.length > 0 ? `order by ${wanted.kind} desc, ${wanted.documentId}` : ''}
     ${UNLESS_THERE} returning document_kind, document_id`,
    [...values],
  );
  return keysOf(made);
}

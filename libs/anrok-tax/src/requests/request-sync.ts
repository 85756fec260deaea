import type { TaxDocumentReference } from '@anrok-nest/tax';
import type { EntityManager } from '@mikro-orm/core';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { v7 as uuidv7 } from 'uuid';
import { inLockOrder } from '../records/lock-records.js';
import { TaxSyncRecord } from '../records/tax-sync-record.entity.js';
import { valueColumns, valueRows } from '../records/value-columns.js';

/**
 * Writes down that documents are to be synced: makes their records, or raises the revision of those that exist and
 * makes them due. Documents of customers without a link are not Anrok's and leave no trace, unless they have been
 * Anrok's before: what is recorded there has to follow the document.
 *
 * Runs in the host's transaction. A document stays with the connection that it was first requested for: in a second
 * account its tax would count twice.
 */
export async function requestSync(
  em: EntityManager,
  references: readonly TaxDocumentReference[],
  now: Date,
): Promise<void> {
  const sql = em as SqlEntityManager;
  const wanted = inLockOrder([...new Map(references.map((one) => [`${one.kind}:${one.id}`, one])).values()]);
  const linked = await insertOrRaise(sql, wanted, now);
  const unlinked = wanted.filter((reference) => !linked.has(reference));
  const notes = unlinked.filter(({ kind }) => kind === 'credit_note');
  const former =
    notes.length > 0 ? await insertOrRaise(sql, notes, now, await formerConnections(em, notes)) : undefined;
  for (const { kind, id } of unlinked.filter((reference) => !former?.has(reference)))
    await raiseRecords(sql, 'document_kind = ? and document_id = ?', [kind, id], now);
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
  `case when anrok_sync_record.status = 'processing' then anrok_sync_record.${column} else ${value} end`;
/** Whoever asks again for what was given up, or waited, has had it mended: it is tried as if for the first time. */
const afresh = (value: string, column: string) =>
  `case when anrok_sync_record.status in ('failed', 'waiting') then ${value} else anrok_sync_record.${column} end`;

/** What it is to be asked for once more. In processing, when it is due is the end of the lease. */
const raised = (now: string) => `
  revision = anrok_sync_record.revision + 1,
  status = ${unlessProcessing(`'pending'`, 'status')},
  due_at = ${unlessProcessing(now, 'due_at')},
  failures = ${afresh('0', 'failures')},
  first_failed_at = ${afresh('null', 'first_failed_at')},
  resync_run = null,
  requested_at = ${now}`;

/** Asks once more for those that fit. */
export async function raiseRecords(
  em: SqlEntityManager,
  condition: string,
  parameters: readonly string[],
  now: Date,
): Promise<void> {
  await em.execute(`update anrok_sync_record set ${raised('?')} where ${condition}`, [now, now, ...parameters], 'run');
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

/**
 * Asks for documents of customers with a link, over its connection, in one statement: every document of a host comes by
 * here.
 *
 * @param connections by customer, where they are known to be others
 * @returns those that have a connection; of others nothing is written
 */
async function insertOrRaise(
  em: SqlEntityManager,
  references: readonly TaxDocumentReference[],
  now: Date,
  connections: ReadonlyMap<string, string> = new Map(),
): Promise<ReadonlySet<TaxDocumentReference>> {
  const wanted = valueColumns(em, 'wanted', VALUES);
  const { places, values } = valueRows(
    VALUES,
    references.map(({ kind, id, customerId }) => {
      const connection = connections.get(customerId) ?? null;
      return { id: uuidv7(), kind, documentId: id, customerId, connection, now };
    }),
  );
  const written = await em.execute<{ document_kind: string; document_id: string }[]>(
    `insert into anrok_sync_record
       (id, connection_id, document_kind, document_id, customer_id, status, revision, due_at, requested_at)
     select ${wanted.id}, coalesce(${wanted.connection}, link.connection_id), ${wanted.kind}, ${wanted.documentId},
       ${wanted.customerId}, 'pending', 1, ${wanted.now}, ${wanted.now}
     from (values ${places}) as wanted
     left join anrok_customer_link link on link.customer_id = ${wanted.customerId}
     where coalesce(${wanted.connection}, link.connection_id) is not null
     order by ${wanted.kind} desc, ${wanted.documentId}
     on conflict (document_kind, document_id) do update set ${raised('excluded.due_at')}
     returning document_kind, document_id`,
    [...values],
  );
  const ids = new Set(written.map(({ document_kind: kind, document_id: id }) => `${kind}:${id}`));
  return new Set(references.filter(({ kind, id }) => ids.has(`${kind}:${id}`)));
}

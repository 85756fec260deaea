import type { TaxDocumentReference } from '@anrok-nest/tax';
import { type EntityManager, raw } from '@mikro-orm/core';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { v7 as uuidv7 } from 'uuid';
import { CustomerLink } from '../connection/customer-link.entity.js';
import { TaxSyncRecord } from '../records/tax-sync-record.entity.js';

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
  const customers = [...new Set(references.map((reference) => reference.customerId))];
  const links = await em.find(CustomerLink, { customerId: { $in: customers } }, { refresh: true });
  const connectionOf = new Map(links.map((link) => [link.customerId, link.connection.id]));
  // always in the same order, so that two transactions with the same documents don't lock each other out
  const wanted = [...new Map(references.map((one) => [`${one.kind}:${one.id}`, one]))]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([, reference]) => reference);

  const linked = wanted.filter((reference) => connectionOf.has(reference.customerId));
  if (linked.length > 0) await insertOrRaise(em as SqlEntityManager, linked, connectionOf, now);
  for (const reference of wanted) if (!linked.includes(reference)) await raise(em as SqlEntityManager, reference, now);
}

const column = (name: string) => `anrok_sync_record.${name}`;
const unlessProcessing = (value: string, name: string) =>
  raw(`case when ${column('status')} = 'processing' then ${column(name)} else ${value} end`);
/** Whoever asks again for what was given up, or waited, has had it mended: it is tried as if for the first time. */
const afresh = (value: string, name: string) =>
  raw(`case when ${column('status')} in ('failed', 'waiting') then ${value} else ${column(name)} end`);

const raised = (now: Date) => ({
  revision: raw(`${column('revision')} + 1`),
  status: unlessProcessing(`'pending'`, 'status'),
  failures: afresh('0', 'failures'),
  firstFailedAt: afresh('null', 'first_failed_at'),
  requestedAt: now,
});

async function insertOrRaise(
  em: SqlEntityManager,
  references: readonly TaxDocumentReference[],
  connectionOf: ReadonlyMap<string, string>,
  now: Date,
): Promise<void> {
  const rows = references.map(({ kind, id, customerId }) => ({
    id: uuidv7(),
    connection: connectionOf.get(customerId)!,
    documentKind: kind,
    documentId: id,
    customerId,
    status: 'pending' as const,
    revision: 1,
    dueAt: now,
    failures: 0,
    doubtfulParts: 0,
    requestedAt: now,
  }));
  await em
    .createQueryBuilder(TaxSyncRecord)
    .insert(rows)
    .onConflict(['documentKind', 'documentId'])
    // in processing, when it is due is the end of the lease
    .merge({ ...raised(now), dueAt: unlessProcessing('excluded.due_at', 'due_at') })
    .execute();
}

async function raise(em: SqlEntityManager, { kind, id }: TaxDocumentReference, now: Date): Promise<void> {
  const document = { documentKind: kind, documentId: id };
  await em.createQueryBuilder(TaxSyncRecord).update(raised(now)).where(document).execute();
  await em.nativeUpdate(TaxSyncRecord, { ...document, status: 'pending' }, { dueAt: now });
}

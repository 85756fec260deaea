import type { TaxDocumentReference } from '@anrok-nest/tax';
import { type EntityManager, raw } from '@mikro-orm/core';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { v7 as uuidv7 } from 'uuid';
import { CustomerLink } from '../connection/customer-link.entity.js';
import { inLockOrder } from '../records/lock-records.js';
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
  const connectionOf = await connectionsOf(em, references);
  const wanted = inLockOrder([...new Map(references.map((one) => [`${one.kind}:${one.id}`, one])).values()]);

  const ours = wanted.filter((reference) => connectionOf(reference) !== undefined);
  if (ours.length > 0) await insertOrRaise(em as SqlEntityManager, ours, connectionOf, now);
  for (const reference of wanted) if (!ours.includes(reference)) await raise(em as SqlEntityManager, reference, now);
}

/**
 * The connection of the customer's link. A credit note follows what was recorded, also for a customer that is linked
 * no longer: which of the customer's connections it is, its invoice tells when it is looked at.
 */
async function connectionsOf(
  em: EntityManager,
  references: readonly TaxDocumentReference[],
): Promise<(reference: TaxDocumentReference) => string | undefined> {
  const customers = [...new Set(references.map((reference) => reference.customerId))];
  const links = await em.find(CustomerLink, { customerId: { $in: customers } }, { refresh: true });
  const linked = new Map(links.map((link) => [link.customerId, link.connection.id]));
  const unlinked = references.filter(({ kind, customerId }) => kind === 'credit_note' && !linked.has(customerId));
  const formerly = unlinked.length > 0 ? await formerConnections(em, unlinked) : undefined;
  return ({ kind, customerId }) =>
    linked.get(customerId) ?? (kind === 'credit_note' ? formerly?.get(customerId) : undefined);
}

/** By customer: where its invoices were to be recorded. */
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

const column = (name: string) => `anrok_sync_record.${name}`;
const unlessProcessing = (value: string, name: string) =>
  raw(`case when ${column('status')} = 'processing' then ${column(name)} else ${value} end`);
/** Whoever asks again for what was given up, or waited, has had it mended: it is tried as if for the first time. */
const afresh = (value: string, name: string) =>
  raw(`case when ${column('status')} in ('failed', 'waiting') then ${value} else ${column(name)} end`);

/** Asked for once more. When it is due has to be set besides: it is the lease's end while somebody processes it. */
export const raised = (now: Date) => ({
  revision: raw(`${column('revision')} + 1`),
  status: unlessProcessing(`'pending'`, 'status'),
  failures: afresh('0', 'failures'),
  firstFailedAt: afresh('null', 'first_failed_at'),
  resyncRun: null,
  requestedAt: now,
});

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

async function insertOrRaise(
  em: SqlEntityManager,
  references: readonly TaxDocumentReference[],
  connectionOf: (reference: TaxDocumentReference) => string | undefined,
  now: Date,
): Promise<void> {
  const rows = references.map((reference) => newRecord(reference, connectionOf(reference)!, now));
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

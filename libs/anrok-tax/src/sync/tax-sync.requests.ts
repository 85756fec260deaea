import type { TaxDocumentReference } from '@anrok-nest/tax';
import { type EntityManager, raw } from '@mikro-orm/core';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { v7 as uuidv7 } from 'uuid';
import { CustomerLink } from '../connection/customer-link.entity.js';
import { TaxSyncRecord } from './tax-sync-record.entity.js';

/**
 * Writes down that documents are to be synced: makes their records, or raises the revision of those that exist and
 * makes them due. Documents of customers without a link are not Anrok's and leave no trace.
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
  const rows = [...new Map(references.map((one) => [`${one.kind}:${one.id}`, one])).entries()]
    .filter(([, reference]) => connectionOf.has(reference.customerId))
    // always in the same order, so that two transactions with the same documents don't lock each other out
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([, reference]) => ({
      id: uuidv7(),
      connection: connectionOf.get(reference.customerId)!,
      documentKind: reference.kind,
      documentId: reference.id,
      customerId: reference.customerId,
      status: 'pending' as const,
      revision: 1,
      dueAt: now,
      failures: 0,
      doubtfulParts: 0,
      requestedAt: now,
    }));
  if (rows.length === 0) return;
  await (em as SqlEntityManager)
    .createQueryBuilder(TaxSyncRecord)
    .insert(rows)
    .onConflict(['documentKind', 'documentId'])
    .merge({
      revision: raw('anrok_sync_record.revision + 1'),
      status: raw("case when anrok_sync_record.status = 'processing' then 'processing' else 'pending' end"),
      // in processing it is the end of the lease
      dueAt: raw(
        "case when anrok_sync_record.status = 'processing' then anrok_sync_record.due_at else excluded.due_at end",
      ),
      requestedAt: now,
    })
    .execute();
}

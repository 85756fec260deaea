import type { TaxDocumentKind } from '@anrok-nest/tax';
import { type EntityManager, raw } from '@mikro-orm/core';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { TaxSyncRecord } from '../records/tax-sync-record.entity.js';

/** Which of the documents that have no tax; what is absent does not narrow it. */
export interface RetryFilter {
  readonly connectionCode?: string;
  /** Code of the problem: `item_not_mapped`. */
  readonly problemCode?: string;
  readonly kind?: TaxDocumentKind;
  readonly customerId?: string;
}

/** Makes all failed, waiting and retrying documents due that fit, and answers how many that were. */
export async function retryAll(em: EntityManager, filter: RetryFilter, now: Date): Promise<number> {
  const { connectionCode, problemCode, kind, customerId } = filter;
  const where = {
    status: { $in: ['failed' as const, 'waiting' as const, 'retrying' as const] },
    ...(problemCode !== undefined && { problemCode }),
    ...(kind !== undefined && { documentKind: kind }),
    ...(customerId !== undefined && { customerId }),
    ...(connectionCode !== undefined && { connection: { code: connectionCode } }),
  };
  // in two steps: no UPDATE joins another table
  const ids = (em as SqlEntityManager).createQueryBuilder(TaxSyncRecord, 'fitting').select('id').where(where);
  const { affectedRows } = await (em as SqlEntityManager)
    .createQueryBuilder(TaxSyncRecord)
    .update({ status: 'pending', dueAt: now, failures: 0, firstFailedAt: null, revision: raw('revision + 1') })
    .where({ id: { $in: ids } })
    .execute();
  return affectedRows;
}

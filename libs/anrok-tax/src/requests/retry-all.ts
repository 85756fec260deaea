import type { TaxDocumentKind } from '@anrok-nest/tax';
import { type EntityManager, raw } from '@mikro-orm/core';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { lockRecords, notLockedElsewhere } from '../records/lock-records.js';
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
  const sql = em as SqlEntityManager;
  const { connectionCode, problemCode, kind, customerId } = filter;
  const where = {
    status: { $in: ['failed' as const, 'waiting' as const, 'retrying' as const] },
    ...(problemCode !== undefined && { problemCode }),
    ...(kind !== undefined && { documentKind: kind }),
    ...(customerId !== undefined && { customerId }),
    ...(connectionCode !== undefined && { connection: { code: connectionCode } }),
  };
  const fitting = sql.createQueryBuilder(TaxSyncRecord, 'fitting').select('id').where(where);
  await lockRecords(em, [{ id: { $in: fitting } }]);
  const { affectedRows } = await sql
    .createQueryBuilder(TaxSyncRecord)
    .update({ status: 'pending', dueAt: now, failures: 0, firstFailedAt: null, revision: raw('revision + 1') })
    // no UPDATE joins another table, as the condition may
    .where({ id: { $in: notLockedElsewhere(sql, { id: { $in: fitting } }) } })
    .execute();
  return affectedRows;
}

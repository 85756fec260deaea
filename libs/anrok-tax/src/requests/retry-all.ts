import { type EntityManager, raw } from '@mikro-orm/core';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { lockRecords, notLockedElsewhere } from '../records/lock-records.js';
import { type RecordFilter, recordsThat } from '../records/record-filter.js';
import { TaxSyncRecord } from '../records/tax-sync-record.entity.js';

const RETRYABLE = ['failed', 'waiting', 'retrying'] as const;

/** Makes all failed, waiting and retrying documents due that fit, and answers how many that were. */
export async function retryAll(em: EntityManager, filter: RecordFilter, now: Date): Promise<number> {
  const sql = em as SqlEntityManager;
  const where = recordsThat({
    ...filter,
    statuses: RETRYABLE.filter((status) => filter.statuses?.includes(status) ?? true),
  });
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

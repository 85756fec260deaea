import type { EntityManager } from '@mikro-orm/core';
import { validate as isUuid } from 'uuid';
import { SyncRecordNotFoundError } from './record.error.js';
import { TaxSyncRecord } from './tax-sync-record.entity.js';

/** A record by an id from outside, with its connection. @throws SyncRecordNotFoundError */
export async function findRecord(em: EntityManager, id: string): Promise<TaxSyncRecord> {
  // PostgreSQL refuses to compare a uuid with something else
  const record = isUuid(id)
    ? await em.findOne(TaxSyncRecord, { id }, { populate: ['connection'], refresh: true })
    : null;
  if (!record) throw new SyncRecordNotFoundError(id);
  return record;
}

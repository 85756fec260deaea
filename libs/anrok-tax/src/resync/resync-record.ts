import type { ObjectQuery } from '@mikro-orm/core';
import type { QBFilterQuery, SqlEntityManager } from '@mikro-orm/sql';
import type { HostDocument } from '../host/billing-host.js';
import { TaxSyncRecord } from '../records/tax-sync-record.entity.js';
import { plainRows } from './plain-rows.js';
import type { ResyncStatus } from './resync-filter.js';

const FIELDS = [
  'id',
  'connection',
  'documentKind',
  'documentId',
  'documentNumber',
  'customerId',
  'status',
  'doubtfulParts',
  'generation',
  'currency',
  'taxAmount',
] as const;

/** As much of a record as tells whether it is meant, and whether it needs anything: a plain row. */
export interface ResyncRecord extends Pick<TaxSyncRecord, Exclude<(typeof FIELDS)[number], 'connection' | 'status'>> {
  /** Its id. */
  readonly connection: string;
  readonly status: Exclude<ResyncStatus, 'never_seen'>;
}

/** A record, and its document as the host has it; null when it has none. */
export interface RecordSeen {
  readonly record: ResyncRecord;
  readonly loaded: HostDocument | null;
}

/** The first so many, by id. */
export async function readResyncRecords(
  em: SqlEntityManager,
  where: ObjectQuery<TaxSyncRecord>,
  limit: number,
): Promise<ResyncRecord[]> {
  const query = em
    .createQueryBuilder(TaxSyncRecord)
    .select([...FIELDS])
    .where(where as QBFilterQuery<TaxSyncRecord>)
    .orderBy({ id: 'asc' })
    .limit(limit);
  const rows = await plainRows<ResyncRecord>(em, TaxSyncRecord, query);
  // PostgreSQL hands out whole numbers of eight bytes as text
  return rows.map((row) => ({ ...row, taxAmount: row.taxAmount === null ? null : Number(row.taxAmount) }));
}

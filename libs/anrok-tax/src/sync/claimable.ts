import type { QBFilterQuery } from '@mikro-orm/sql';
import type { SyncStatus, TaxSyncRecord } from '../records/tax-sync-record.entity.js';

/** Named by what they are not: SQLite would look them up by their statuses, and sort all that is due for every claim. */
export const CLAIMABLE = { $nin: ['waiting', 'failed', 'synced'] } satisfies { $nin: SyncStatus[] };

/** After so many takeovers in a row, whatever ended those processes may be the document: it is a suspect. */
const SUSPICIOUS_TAKEOVERS = 2;

export const suspects = (now: Date): QBFilterQuery<TaxSyncRecord> => ({
  status: 'processing',
  dueAt: { $lte: now },
  takeovers: { $gte: SUSPICIOUS_TAKEOVERS },
});

/** What may be worked on beside other documents. */
export const unsuspected = (now: Date, origin?: 'direct' | 'resync'): QBFilterQuery<TaxSyncRecord> => ({
  status: CLAIMABLE,
  dueAt: { $lte: now },
  ...(origin && { resyncRun: origin === 'direct' ? null : { $ne: null } }),
  $or: [{ status: { $ne: 'processing' } }, { takeovers: { $lt: SUSPICIOUS_TAKEOVERS } }],
});

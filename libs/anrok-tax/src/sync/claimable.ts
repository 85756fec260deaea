import type { QBFilterQuery } from '@mikro-orm/sql';
import type { TaxSyncRecord } from '../records/tax-sync-record.entity.js';

/** After so many takeovers in a row, whatever ended those processes may be the document: it is a suspect. */
const SUSPICIOUS_TAKEOVERS = 2;

export const suspects = (now: Date): QBFilterQuery<TaxSyncRecord> => ({
  status: 'processing',
  dueAt: { $lte: now },
  takeovers: { $gte: SUSPICIOUS_TAKEOVERS },
});

/**
 * What may be worked on beside other documents. By the moment alone: with statuses named, SQLite would look it up by
 * these, and sort all that is due for every claim.
 */
export const unsuspected = (now: Date, origin?: 'direct' | 'resync'): QBFilterQuery<TaxSyncRecord> => ({
  dueAt: { $lte: now },
  ...(origin && { resyncRun: origin === 'direct' ? null : { $ne: null } }),
  $or: [{ status: { $ne: 'processing' } }, { takeovers: { $lt: SUSPICIOUS_TAKEOVERS } }],
});

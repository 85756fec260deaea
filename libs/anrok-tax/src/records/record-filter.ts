import type { IsoDate, TaxDocumentKind } from '@anrok-nest/tax';
import type { SyncStatus } from './tax-sync-record.entity.js';

/** Which records; what is absent does not narrow. */
export interface RecordFilter {
  readonly connectionCode?: string;
  readonly statuses?: readonly SyncStatus[];
  /** Code of the problem: `item_not_mapped`. */
  readonly problemCode?: string;
  readonly kind?: TaxDocumentKind;
  readonly customerId?: string;
  /** Its id, or its number. */
  readonly documentId?: string;
  /** The first and the last day, in UTC, on which it was last requested; both included. */
  readonly requestedFrom?: IsoDate;
  readonly requestedTo?: IsoDate;
}

const DAY = 86_400_000;

/** The filter as a condition. */
export function recordsThat(filter: RecordFilter) {
  const { connectionCode, statuses, problemCode, kind, customerId, documentId, requestedFrom, requestedTo } = filter;
  const requestedAt = {
    ...(requestedFrom !== undefined && { $gte: new Date(requestedFrom) }),
    ...(requestedTo !== undefined && { $lt: new Date(Date.parse(requestedTo) + DAY) }),
  };
  return {
    ...(statuses !== undefined && { status: { $in: [...statuses] } }),
    ...(problemCode !== undefined && { problemCode }),
    ...(kind !== undefined && { documentKind: kind }),
    ...(customerId !== undefined && { customerId }),
    ...(documentId !== undefined && { $or: [{ documentId }, { documentNumber: documentId }] }),
    ...(Object.keys(requestedAt).length > 0 && { requestedAt }),
    ...(connectionCode !== undefined && { connection: { code: connectionCode } }),
  };
}

import type { IsoDate, TaxDocumentKind, TaxDocumentReference } from '@anrok-nest/tax';
import { InvalidResyncFilterError } from './resync.error.js';

export const RESYNC_STATUSES = ['failed', 'waiting', 'retrying', 'synced', 'never_seen'] as const;
/**
 * Where a document stands that a resync can take up; the others are on their way already. `never_seen`: it is final in
 * the host and its customer is linked, but nobody ever asked for it.
 */
export type ResyncStatus = (typeof RESYNC_STATUSES)[number];

/** Which documents are meant. What is absent does not narrow. */
export interface ResyncFilter {
  /** Code of the connection. */
  readonly connection?: string;
  /** Default: `failed`, `waiting` and `never_seen`, all that should have its tax from Anrok and has not. */
  readonly statuses?: readonly ResyncStatus[];
  /** Codes of the problems that they have; what was never seen has none. */
  readonly problemCodes?: readonly string[];
  readonly kinds?: readonly TaxDocumentKind[];
  /** These and no others; 1,000 at most. */
  readonly documents?: readonly TaxDocumentReference[];
  /**
   * The first and the last accounting date, both included, as the host has it now. Not the day of a request: that moves
   * with every retry, and what was never seen has none, while the accounting date says for all alike whose return it is.
   * What the host has no longer is in no range.
   */
  readonly from?: IsoDate;
  readonly to?: IsoDate;
}

const MOST_DOCUMENTS = 1_000;

/** @throws InvalidResyncFilterError */
export function assertResyncFilter({ statuses, documents, from, to }: ResyncFilter): void {
  const unknown = statuses?.find((status) => !RESYNC_STATUSES.includes(status));
  if (unknown) throw new InvalidResyncFilterError('statuses', `must be of ${RESYNC_STATUSES.join(', ')}`);
  if (documents && documents.length > MOST_DOCUMENTS)
    throw new InvalidResyncFilterError('documents', `must be ${MOST_DOCUMENTS} at most`);
  for (const [field, date] of Object.entries({ from, to }))
    if (date !== undefined && !isDate(date))
      throw new InvalidResyncFilterError(field, 'must be a date like 2026-01-31');
  if (from && to && from > to) throw new InvalidResyncFilterError('from', 'must not be after to');
}

export function wants({ statuses, problemCodes }: ResyncFilter, status: ResyncStatus): boolean {
  if (status === 'never_seen' && problemCodes) return false;
  return statuses ? statuses.includes(status) : status !== 'synced' && status !== 'retrying';
}

/** Whether it narrows by date: then the host has to be asked about every document. */
export function isDated({ from, to }: ResyncFilter): boolean {
  return from !== undefined || to !== undefined;
}

export function isInRange({ from, to }: ResyncFilter, date: IsoDate): boolean {
  // ISO dates compare as text
  return (from === undefined || date >= from) && (to === undefined || date <= to);
}

/** Whether two resyncs could meet at a document: those of one connection, and a resync of all with every other. */
export function overlap(one: ResyncFilter, other: ResyncFilter): boolean {
  return one.connection === undefined || other.connection === undefined || one.connection === other.connection;
}

function isDate(text: string): boolean {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  // Date.parse lets 31 June roll over into July
  return !Number.isNaN(time) && new Date(time).toISOString().slice(0, 10) === text;
}

import type { ResyncFilter, ResyncStatus } from '../../resync/resync-filter.js';
import { KIND_NAMES } from '../parts/words.js';

/** How a resync calls where documents stand. */
export const STATUS_NAMES: Readonly<Record<ResyncStatus, string>> = {
  failed: 'failed',
  waiting: 'waiting',
  retrying: 'retrying',
  synced: 'synced',
  never_seen: 'never seen',
};

/** What a filter means, as a sentence without its end. */
export function describeFilter({
  connection,
  statuses,
  problemCodes,
  kinds,
  documents,
  from,
  to,
}: ResyncFilter): string {
  const parts = [
    documents && `${documents.length} chosen documents`,
    kinds?.map((kind) => KIND_NAMES[kind].toLowerCase()).join(' or '),
    statuses?.map((status) => STATUS_NAMES[status]).join(' or '),
    problemCodes && `with ${problemCodes.join(' or ')}`,
    connection !== undefined && `on ${connection}`,
    from && `from ${from}`,
    to && `up to ${to}`,
  ].filter((part) => typeof part === 'string' && part !== '');
  return parts.length === 0 ? 'Everything without its tax' : `Documents: ${parts.join(', ')}`;
}

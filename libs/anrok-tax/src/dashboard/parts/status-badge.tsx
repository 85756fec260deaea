import type { SyncStatus } from '../../records/tax-sync-record.entity.js';
import type { ResyncRunStatus } from '../../resync/resync-run.entity.js';

type Tone = 'good' | 'bad' | 'attention' | 'busy' | 'quiet';

const TONES: Readonly<Record<SyncStatus | ResyncRunStatus | 'working' | 'paused', Tone>> = {
  pending: 'busy',
  processing: 'busy',
  retrying: 'busy',
  waiting: 'attention',
  failed: 'bad',
  synced: 'good',
  running: 'busy',
  cancelling: 'busy',
  completed: 'good',
  cancelled: 'quiet',
  working: 'good',
  paused: 'bad',
};

/** A status by its word; the colour only repeats it. */
export function StatusBadge({ status }: { status: keyof typeof TONES }) {
  return <span class={`badge ${TONES[status]}`}>{status}</span>;
}

import type { SyncStatus } from '../../records/tax-sync-record.entity.js';
import type { ResyncRunStatus } from '../../resync/resync-run.entity.js';

/** Of connections, of Anrok's features, of certificates. */
type Word = 'working' | 'paused' | 'on' | 'off' | 'unknown' | 'active' | 'expiringSoon' | 'expired' | 'archived';
type Tone = 'good' | 'bad' | 'attention' | 'busy' | 'quiet';

const TONES: Readonly<Record<SyncStatus | ResyncRunStatus | Word, Tone>> = {
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
  on: 'good',
  off: 'quiet',
  unknown: 'attention',
  active: 'good',
  expiringSoon: 'attention',
  expired: 'bad',
  archived: 'quiet',
};

/** A status by its word; the colour only repeats it. One that nobody foresaw has none. */
export function StatusBadge({ status }: { status: keyof typeof TONES | (string & {}) }) {
  const tone = Object.hasOwn(TONES, status) ? TONES[status as keyof typeof TONES] : 'quiet';
  return (
    <span class={`badge ${tone}`} safe>
      {status === 'expiringSoon' ? 'expiring soon' : status}
    </span>
  );
}

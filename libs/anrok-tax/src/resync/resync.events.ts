import type { ResyncRun, ResyncRunStatus } from './resync-run.entity.js';

/** Told to the host's event emitter, after the commit, by the process that drives the run. */
export const TAX_RESYNC_PROGRESS = 'tax.resync.progress';
export const TAX_RESYNC_FINISHED = 'tax.resync.finished';

/** Another batch of documents is done. */
export class TaxResyncProgress {
  constructor(readonly run: ResyncStanding) {}
}

/** The run has come to its end, or was brought to one. */
export class TaxResyncFinished {
  constructor(readonly run: ResyncStanding) {}
}

/** Where a run stood at the moment of the event. */
export interface ResyncStanding {
  readonly id: string;
  readonly status: ResyncRunStatus;
  readonly total: number | null;
  readonly done: number;
  readonly synced: number;
  /** Of these, how many needed nothing. */
  readonly unchanged: number;
  /** By the code of the problem. */
  readonly failing: Readonly<Record<string, number>>;
}

export function toStanding({ id, status, total, done, synced, unchanged, failing }: ResyncRun): ResyncStanding {
  return { id, status, total: total ?? null, done, synced, unchanged, failing };
}

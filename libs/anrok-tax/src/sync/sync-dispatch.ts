import type { TaxDocumentKind } from '@anrok-nest/tax';
import type { RunResult } from '../telemetry/sync.telemetry.js';

/** A document that is due, as whoever hands it on may know it. The record stays the truth: this is a wake-up. */
export interface DueDocument {
  readonly recordId: string;
  /** Code of the connection. */
  readonly connection: string;
  readonly kind: TaxDocumentKind;
  readonly id: string;
  /** By which people know the document; null while it is not known. */
  readonly number: string | null;
  readonly dueAt: Date;
  /** Made due by a resync: all others go first. */
  readonly isResync: boolean;
}

/** `not_due`: done already, held by somebody else, or to be worked on alone. */
export type WorkResult = RunResult | { readonly result: 'not_due' };

export interface Serving {
  /** Documents of one connection at a time. */
  readonly concurrency: number;
  /** Works on a document if it is due. Never throws, and may be called for any record at any time. */
  readonly work: (recordId: string) => Promise<WorkResult>;
}

/**
 * How due documents get to those who work on them, where these don't look for them in the database. Provided by a global
 * module of the host's. What it loses is handed to it again; what it delivers twice is done once.
 */
export abstract class SyncDispatch {
  /** Hands these on; called in any process. Handed on again while they are on their way, they are no news. */
  abstract handOn(due: readonly DueDocument[]): Promise<void>;

  /** From now on delivers what is due over these connections, and over no others. In processes that work. */
  abstract serve(connections: readonly string[], serving: Serving): void;

  /** Delivers no more, and resolves when all that was delivered has come to its end. */
  abstract stopServing(): Promise<void>;

  abstract close(): Promise<void>;
}

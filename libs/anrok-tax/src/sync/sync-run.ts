import { AnrokError, type AnrokExchange, type AnrokRecordedTransaction } from '@anrok-nest/client';
import type { TaxCalculation, TaxDocumentReference } from '@anrok-nest/tax';
import type { UsableConnection } from '../connection/usable-connection.js';
import type { UsableLink } from '../connection/usable-link.js';
import type { HostDocument } from '../host/billing-host.js';
import type { TransactionDraft } from '../mapping/to-anrok-transactions.js';
import type { ClaimedRecord } from '../records/claimed-record.js';
import type { RecordedExchange } from '../records/tax-sync-attempt.entity.js';

/** One try at a record, while it lasts: what was found, what was said, and what Anrok may have kept of it. */
export class SyncRun {
  readonly exchanges: RecordedExchange[] = [];
  /** The record's, until its document turns out to have another. */
  customerId: string;
  /** As on the record. */
  formerCustomerId: string | null;
  /** As the host had it when the run began; null when it has none. */
  loaded: HostDocument | null = null;
  drafts: readonly TransactionDraft[] = [];
  /** The customer's link as it was found, if it has one. */
  link: UsableLink | null = null;
  /** At which connection the document is, or is to be, recorded. */
  connection: UsableConnection;
  private mayHaveWritten = false;
  private gaveUpAt: Date | null = null;

  constructor(
    readonly record: ClaimedRecord,
    readonly startedAt: Date,
    readonly signal: AbortSignal,
    /** A dry one writes nothing down, and is not asked to send anything. */
    readonly mode: 'real' | 'dry' = 'real',
  ) {
    this.customerId = record.customerId;
    this.formerCustomerId = record.formerCustomerId ?? null;
    this.connection = record.connection;
  }

  get reference(): TaxDocumentReference {
    const { documentKind: kind, documentId: id } = this.record;
    return { kind, id, customerId: this.customerId };
  }

  /** Counted from 1: the ids under which the document is recorded now. */
  get generation(): number {
    return this.record.generation;
  }

  /** Runs a call that changes something at Anrok, and notices whether Anrok may have done it, or may yet. */
  async writing<T>(call: () => Promise<T>, now: () => Date): Promise<T> {
    try {
      const answer = await call();
      this.mayHaveWritten = true;
      return answer;
    } catch (error) {
      if (!(error instanceof AnrokError) || error.outcome === 'unknown') {
        this.mayHaveWritten = true;
        this.gaveUpAt = now();
      }
      throw error;
    }
  }

  /** Whether Anrok may hold something of this run. */
  get hasWritten(): boolean {
    return this.mayHaveWritten;
  }

  /** What we know of Anrok turned out to be old. */
  distrust(): void {
    this.mayHaveWritten = true;
  }

  /** How many parts Anrok may hold without our knowing, if the run ends here. Above zero, all we know is in doubt. */
  get doubtfulParts(): number {
    return Math.max(this.record.doubtfulParts, this.mayHaveWritten ? Math.max(1, this.drafts.length) : 0);
  }

  /** When the last request was given up that Anrok may still carry out, of this run or of one before. */
  get unansweredAt(): Date | null {
    return this.gaveUpAt ?? this.record.unansweredAt ?? null;
  }

  readonly onExchange = (exchange: AnrokExchange): void => {
    this.exchanges.push({
      operation: exchange.operation,
      path: exchange.path,
      request: exchange.requestBody,
      ...(exchange.status !== undefined && { status: exchange.status }),
      ...(exchange.responseBody !== undefined && { response: exchange.responseBody }),
      startedAt: new Date(exchange.startedAt).toISOString(),
      durationMs: Math.round(exchange.durationMs),
      ...(exchange.errorCode !== undefined && { errorCode: exchange.errorCode }),
    });
  };
}

/** What became of a transaction that is to count no more. */
export type Undone = 'voided' | 'negated';

/** What a run that went through found out. */
export interface RunOutcome {
  /** Anrok's answers, by transaction id. */
  readonly recorded: ReadonlyMap<string, AnrokRecordedTransaction>;
  /** What became of the transactions that Anrok counts no more, by transaction id. */
  readonly undone: ReadonlyMap<string, Undone>;
  /** Absent when nothing of the document counts. */
  readonly calculation?: TaxCalculation;
}

/** A run that went through. */
export interface EndedRun {
  readonly run: SyncRun;
  readonly outcome: RunOutcome;
}

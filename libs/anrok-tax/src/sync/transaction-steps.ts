import {
  type AnrokComputedTransaction,
  AnrokConflictError,
  type AnrokConflictType,
  type AnrokRecordedTransaction,
  type AnrokTransactions,
  type CallOptions,
} from '@anrok-nest/client';
import { EntityManager } from '@mikro-orm/core';
import { Injectable } from '@nestjs/common';
import { Clock } from '../clock.js';
import { AnrokClients } from '../connection/anrok-clients.js';
import type { TransactionDraft } from '../mapping/to-anrok-transactions.js';
import { toNegationId } from '../mapping/transaction-id.js';
import { AnrokTaxOptions } from '../options/resolve-options.js';
import { HeldTransaction } from '../records/held-transaction.entity.js';
import type { SyncStep } from './plan-sync.js';
import { FrozenForFilingError, TransactionChangedError } from './sync.error.js';
import type { SyncRun, Undone } from './sync-run.js';
import { TaxSyncLeases } from './tax-sync.leases.js';

/** Takes the steps of a plan at Anrok. Every one can be taken again: what was done already counts as done. */
@Injectable()
export class TransactionSteps {
  constructor(
    private readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly options: AnrokTaxOptions,
    private readonly clients: AnrokClients,
    private readonly leases: TaxSyncLeases,
  ) {}

  /** What Anrok would answer to `record`. Records nothing. */
  async compute(run: SyncRun, { body }: TransactionDraft): Promise<AnrokComputedTransaction> {
    return this.transactionsOf(run).createEphemeral(body, await this.callOf(run));
  }

  /** @throws FrozenForFilingError when what is there can't be changed any more */
  async record(run: SyncRun, { draft }: SyncStep & { kind: 'record' }): Promise<AnrokRecordedTransaction> {
    try {
      const transaction = { id: draft.transactionId, ...draft.body };
      return await this.write(run, (transactions, call) => transactions.createOrUpdate(transaction, call));
    } catch (error) {
      if (isConflict(error, 'transactionFrozenForFiling')) throw new FrozenForFilingError(draft.transactionId, error);
      throw error;
    }
  }

  /** Voids, or negates what is frozen. @throws TransactionChangedError */
  async undo(run: SyncRun, step: SyncStep & { kind: 'undo' }): Promise<Undone> {
    const { transactionId, expectedVersion } = step;
    try {
      await this.void(run, transactionId, expectedVersion);
    } catch (error) {
      if (isConflict(error, 'transactionExpectedVersionMismatch'))
        throw new TransactionChangedError(transactionId, error);
      if (isConflict(error, 'transactionFrozenForFiling')) return this.negate(run, step);
      throw error;
    }
    // where answers were lost, it may have been negated while it was frozen, and be void now: that would count twice
    if (expectedVersion === undefined) await this.void(run, toNegationId(transactionId));
    return 'voided';
  }

  /** That there is nothing to void is as good: an earlier void may have lost its answer. */
  private async void(run: SyncRun, transactionId: string, transactionExpectedVersion?: number): Promise<void> {
    const expected = transactionExpectedVersion === undefined ? {} : { transactionExpectedVersion };
    try {
      await this.write(run, (transactions, call) => transactions.void(transactionId, expected, call));
    } catch (error) {
      if (!isConflict(error, 'transactionIdNotFound')) throw error;
    }
  }

  private async negate(run: SyncRun, { transactionId, expectedVersion }: SyncStep & { kind: 'undo' }): Promise<Undone> {
    const negation = {
      originalTransactionId: transactionId,
      newTransactionId: toNegationId(transactionId),
      ...(expectedVersion !== undefined && { originalTransactionExpectedVersion: expectedVersion }),
    };
    // before it is sent: should its answer get lost, the id must not be recorded under any more, whatever comes
    const recorded = { record: run.record.id, transactionId, state: 'recorded' } as const;
    await this.em.fork().nativeUpdate(HeldTransaction, recorded, { state: 'doubtful', updatedAt: this.clock.now() });
    try {
      await this.write(run, (transactions, call) => transactions.createNegation(negation, call));
    } catch (error) {
      // the id is derived from the original's: what stands under it is our own negation, whose answer was lost
      if (isConflict(error, 'duplicateTransactionId')) return 'negated';
      if (isConflict(error, 'transactionIdNotFound')) return 'voided';
      if (isConflict(error, 'transactionExpectedVersionMismatch'))
        throw new TransactionChangedError(transactionId, error);
      throw error;
    }
    return 'negated';
  }

  private async write<T>(run: SyncRun, send: (transactions: AnrokTransactions, call: CallOptions) => Promise<T>) {
    const call = await this.callOf(run);
    return run.writing(
      () => send(this.transactionsOf(run), call),
      () => this.clock.now(),
    );
  }

  private transactionsOf(run: SyncRun): AnrokTransactions {
    return this.clients.for(run.connection).transactions;
  }

  /** Half a lease is a call's patience, so that a call that begins with more than half of it ends within it. */
  private async callOf({ record, signal, onExchange }: SyncRun): Promise<CallOptions> {
    const { leaseMs } = this.options.worker;
    const now = this.clock.now().getTime();
    if ((record.dueAt?.getTime() ?? 0) - now <= leaseMs / 2) await this.leases.renew(record, new Date(now + leaseMs));
    return { lane: record.resyncRun ? 'bulk' : 'record', signal, onExchange, timeoutMs: leaseMs / 2 };
  }
}

function isConflict(error: unknown, type: AnrokConflictType): error is AnrokConflictError {
  return error instanceof AnrokConflictError && error.type === type;
}

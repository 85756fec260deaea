import { AnrokCancelledError, AnrokConflictError, type AnrokRecordedTransaction } from '@anrok-nest/client';
import type { TaxDocument } from '@anrok-nest/tax';
import { EntityManager, RequestContext } from '@mikro-orm/core';
import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '../clock.js';
import { AnrokClients } from '../connection/anrok-clients.js';
import { DocumentMapper } from '../connection/document-mapper.js';
import { BillingHost } from '../host/billing-host.js';
import { toTaxCalculation } from '../mapping/to-tax-calculation.js';
import { toTransactionId } from '../mapping/transaction-id.js';
import { AnrokTaxOptions } from '../options/resolve-options.js';
import { HeldTransaction } from '../records/held-transaction.entity.js';
import { planSync, type SyncStep } from './plan-sync.js';
import { type RunOutcome, SyncRun } from './sync-run.js';
import { LeaseLostError, TaxSyncLeases } from './tax-sync.leases.js';
import { TaxSyncResults } from './tax-sync.results.js';
import type { TaxSyncRecord } from '../records/tax-sync-record.entity.js';

/** Brings one record from claimed to done: the only place where the order of the steps is written. */
@Injectable()
export class TaxSyncProcessor {
  private readonly log = new Logger(TaxSyncProcessor.name);

  constructor(
    private readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly options: AnrokTaxOptions,
    private readonly host: BillingHost,
    private readonly mapper: DocumentMapper,
    private readonly clients: AnrokClients,
    private readonly leases: TaxSyncLeases,
    private readonly results: TaxSyncResults,
  ) {}

  /** @param signal ends the run early; the record is then given back. Never throws what is the document's fault. */
  async process(record: TaxSyncRecord, signal: AbortSignal): Promise<void> {
    const run = new SyncRun(record, this.clock.now(), signal);
    await RequestContext.create(this.em, async () => {
      try {
        await this.results.succeed(run, await this.carryOut(run));
      } catch (error) {
        await this.endEarly(run, error);
      }
    });
  }

  private async endEarly(run: SyncRun, error: unknown): Promise<void> {
    if (error instanceof LeaseLostError) this.log.warn(error.message);
    else if (error instanceof AnrokCancelledError)
      await this.leases.release(run.record, this.clock.now(), run.doubtfulParts);
    else await this.results.fail(run, error);
  }

  private async carryOut(run: SyncRun): Promise<RunOutcome> {
    const { record } = run;
    run.loaded = await this.host.loadDocument(run.reference);
    const held = await this.em.find(HeldTransaction, { record: record.id });
    const final = run.loaded?.standing === 'final' ? run.loaded.document : undefined;
    if (final) await this.map(run, final, held);
    const steps = planSync({ target: run.drafts, held, doubtful: this.doubtfulIds(record) });
    await this.announce(run, steps);

    const recorded = new Map<string, AnrokRecordedTransaction>();
    const voided: string[] = [];
    for (const step of steps) {
      if (step.kind === 'void') voided.push(await this.void(run, step));
      else recorded.set(step.draft.transactionId, await this.record(run, step));
    }
    if (!final) return { recorded, voided };

    const known = new Map([...held.map((one) => [one.transactionId, one.answer] as const), ...recorded]);
    const calculation = toTaxCalculation(
      final,
      run.drafts.map((draft) => known.get(draft.transactionId)!),
    );
    return { recorded, voided, calculation };
  }

  /**
   * Puts a final document into Anrok's words. It stays with the connection that may hold something of it, whatever
   * connection its customer has by now: in a second account its tax would count twice.
   */
  private async map(run: SyncRun, final: TaxDocument, held: readonly HeldTransaction[]): Promise<void> {
    const { record } = run;
    const isBound = held.length > 0 || record.doubtfulParts > 0;
    const link = isBound ? await this.mapper.findLink(record.customerId) : await this.mapper.linkOf(record.customerId);
    if (!isBound && link) run.connection = link.connection;
    const anrokCustomerId =
      run.connection.id === link?.connection.id
        ? link.anrokCustomerId
        : (held[0]?.request.customerId ?? record.customerId);
    run.drafts = await this.mapper.toTransactions(final, run.connection, anrokCustomerId);
  }

  private doubtfulIds(record: TaxSyncRecord): string[] {
    const document = { kind: record.documentKind, id: record.documentId };
    return Array.from({ length: record.doubtfulParts }, (_, index) =>
      toTransactionId(this.options.transactionIdPrefix, document, index + 1),
    );
  }

  /**
   * A lease that runs out is taken as one part that the record's connection may hold. What differs from that has to be
   * written down before anything is sent, or a crash would leave parts at Anrok that nobody knows of.
   */
  private async announce(run: SyncRun, steps: readonly SyncStep[]): Promise<void> {
    const parts = steps.filter((step) => step.kind === 'record').length;
    if (parts <= 1 && run.connection.id === run.record.connection.id) return;
    const doubtfulParts = Math.max(parts, run.record.doubtfulParts);
    await this.leases.renew(run.record, this.leaseEnd(), { connection: run.connection.id, doubtfulParts });
  }

  private async record(run: SyncRun, { draft }: SyncStep & { kind: 'record' }) {
    const { transactions } = this.clients.for(run.connection);
    await this.keepLease(run);
    return run.recording(() => transactions.createOrUpdate({ id: draft.transactionId, ...draft.body }, this.call(run)));
  }

  /** Answers the id. That Anrok has nothing to void is as good: an earlier void may have lost its answer. */
  private async void(run: SyncRun, step: SyncStep & { kind: 'void' }): Promise<string> {
    const { transactionId, expectedVersion } = step;
    await this.keepLease(run);
    try {
      await this.clients
        .for(run.connection)
        .transactions.void(
          transactionId,
          expectedVersion === undefined ? {} : { transactionExpectedVersion: expectedVersion },
          this.call(run),
        );
    } catch (error) {
      if (!(error instanceof AnrokConflictError && error.type === 'transactionIdNotFound')) throw error;
    }
    return transactionId;
  }

  /** Half a lease is a call's patience, so that a call that begins with more than half of it ends within it. */
  private call(run: SyncRun) {
    const { signal, onExchange } = run;
    return { lane: 'record' as const, signal, onExchange, timeoutMs: this.options.worker.leaseMs / 2 };
  }

  private async keepLease(run: SyncRun): Promise<void> {
    const left = (run.record.dueAt?.getTime() ?? 0) - this.clock.now().getTime();
    if (left > this.options.worker.leaseMs / 2) return;
    await this.leases.renew(run.record, this.leaseEnd());
  }

  private leaseEnd(): Date {
    return new Date(this.clock.now().getTime() + this.options.worker.leaseMs);
  }
}

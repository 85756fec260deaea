import { type TaxProblem, toLoggable } from '@anrok-nest/tax';
import { EntityManager, RequestContext } from '@mikro-orm/core';
import { BasePostgreSqlPlatform, type SqlEntityManager } from '@mikro-orm/sql';
import { Injectable, Logger } from '@nestjs/common';
import { EventEmitter2 } from '@nestjs/event-emitter';
import { v7 as uuidv7 } from 'uuid';
import { Clock } from '../clock.js';
import { ConnectionHealth } from '../connection/connection.health.js';
import { CustomerLink } from '../connection/customer-link.entity.js';
import { BillingHost, type TaxedDocument } from '../host/billing-host.js';
import { ownDateFrom } from '../mapping/transaction-dates.js';
import { AnrokTaxOptions } from '../options/resolve-options.js';
import { compareIds, lockCreditNotes, lockEnding } from '../records/lock-records.js';
import { TaxSyncWait } from '../records/tax-sync-wait.entity.js';
import { raiseCreditNotes } from '../requests/raise-credit-notes.js';
import type { RunResult } from '../telemetry/sync.telemetry.js';
import { endRecords, type RecordEnd } from './end-records.js';
import { decisionFor, problemOf, waitsOf } from './failed-run.js';
import type { RetryDecision } from './retry-policy.js';
import { DocumentChangedError, TransactionChangedError } from './sync.error.js';
import type { EndedRun, RunOutcome, SyncRun } from './sync-run.js';
import { LeaseLostError, TaxSyncLeases } from './tax-sync.leases.js';
import { type Told, toldOfFailure, toldOfSuccess } from './tax-sync.events.js';
import { WriteQueue } from './write-queue.js';
import { writeAttempts, writeHeld } from './write-run.js';

/** Writes down how runs ended: the host's documents, the records and the attempts, all or nothing; then tells it. */
@Injectable()
export class TaxSyncResults {
  private readonly log = new Logger(TaxSyncResults.name);
  private readonly successes: WriteQueue<EndedRun>;

  constructor(
    private readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly options: AnrokTaxOptions,
    private readonly host: BillingHost,
    private readonly leases: TaxSyncLeases,
    private readonly health: ConnectionHealth,
    private readonly events: EventEmitter2,
  ) {
    this.successes = new WriteQueue(clock, (ended) => RequestContext.create(em, () => this.writeSuccesses(ended)));
  }

  /** @throws LeaseLostError, DocumentChangedError, or whatever the host throws; then nothing of it is written */
  async succeed(run: SyncRun, outcome: RunOutcome): Promise<void> {
    await this.successes.add({ run, outcome });
    for (const told of toldOfSuccess(run, outcome)) await this.tell(told);
  }

  private async writeSuccesses(together: readonly EndedRun[]): Promise<void> {
    // what documents of a customer share is locked by everybody in the same order
    const ended = together.toSorted((a, b) => compareIds(a.run.customerId, b.run.customerId));
    await this.em.transactional(async (transaction) => {
      const em = transaction as SqlEntityManager;
      if (ended.length > 1) await waitForNobody(em);
      // the host's rows before ours, as in its own transactions, so that the two never wait for each other
      await this.giveToHost(ended);
      const now = this.clock.now();
      for (const { run, outcome } of ended) if (outcome.calculation) await this.isKnown(em, run, now);
      const records = ended.map(({ run }) => run.record);
      await lockEnding(
        em,
        records.map(({ id }) => id),
      );
      const ends = ended.map((one) => this.endOf(one, now));
      await endRecords(em, ends, now);
      const recovered = records.filter(({ problemCode }) => problemCode).map(({ id }) => id);
      if (recovered.length > 0) await em.nativeDelete(TaxSyncWait, { record: { $in: recovered } });
      await writeHeld(em, ended, now);
      await writeAttempts(
        em,
        ended.map(({ run }) => ({ run, outcome: 'applied' })),
        now,
      );
      const invoices = records.filter(({ documentKind }) => documentKind === 'invoice');
      const credited = await lockCreditNotes(
        em,
        invoices.map(({ documentId }) => documentId),
      );
      for (const { run, outcome } of ended) {
        const { documentKind, documentId } = run.record;
        if (documentKind !== 'invoice' || !credited.has(documentId)) continue;
        await raiseCreditNotes(em, documentId, outcome.recorded.size > 0 || outcome.undone.size > 0, now);
      }
    });
  }

  /** Never throws: a run whose failure can't be written down is taken over when its lease runs out. */
  async fail(run: SyncRun, error: unknown): Promise<RunResult> {
    if (error instanceof TransactionChangedError) run.distrust();
    const problem = problemOf(run, error);
    const decision = decisionFor(run, problem, this.clock.now(), Math.random(), this.options.retry);
    this.logFailure(run, error, problem, decision);
    const written = await this.written(run, problem, decision);
    if (written === 'overtaken') return this.overtaken(run);
    if (written === 'broke_off') return { result: 'broke_off' };
    // after the record, in a transaction of its own: whoever changes a key locks the connection before the records
    if (problem.code === 'anrok_unauthorized') await this.health.pause(run.connection, problem);
    for (const told of toldOfFailure(run, problem, decision)) await this.tell(told);
    return { result: decision.next, problemCode: problem.code };
  }

  /**
   * Somebody else has the record, and finds everything out for himself; but what this run sent may have come to Anrok
   * after what the other one sent. Never throws.
   */
  async overtaken(run: SyncRun): Promise<RunResult> {
    const { record } = run;
    this.log.warn('The lease was taken over', { recordId: record.id });
    try {
      if (run.hasWritten) await this.leases.castDoubt(run, record, this.clock.now());
    } catch (error) {
      const { stack, ...what } = toLoggable(error);
      this.log.error(
        'What an overtaken run may have sent was not written down',
        { recordId: record.id, ...what },
        stack,
      );
    }
    return { result: 'overtaken' };
  }

  private logFailure({ record, reference }: SyncRun, error: unknown, { code }: TaxProblem, { next }: RetryDecision) {
    const { kind, id, customerId } = reference;
    const ids = { recordId: record.id, documentKind: kind, documentId: id, customerId, problemCode: code, next };
    if (code !== 'unexpected_error') return this.log.warn('A document was not synced', ids);
    const { stack, ...what } = toLoggable(error);
    this.log.error('A document was not synced', { ...ids, ...what }, stack);
  }

  /** Brings the failure on record. A host that can't report it to its document doesn't keep it off the record. */
  private async written(
    run: SyncRun,
    problem: TaxProblem,
    decision: RetryDecision,
  ): Promise<'written' | 'overtaken' | 'broke_off'> {
    for (const toHost of [true, false]) {
      try {
        await this.writeFailure(run, problem, decision, toHost);
        return 'written';
      } catch (error) {
        if (error instanceof LeaseLostError) return 'overtaken';
        const { stack, ...what } = toLoggable(error);
        const failed = toHost ? 'A problem was not reported to the host' : 'A problem was not written down';
        this.log.error(failed, { recordId: run.record.id, problemCode: problem.code, ...what }, stack);
      }
    }
    return 'broke_off';
  }

  private async writeFailure(run: SyncRun, problem: TaxProblem, decision: RetryDecision, toHost: boolean) {
    const { record, reference, connection } = run;
    const { next } = decision;
    const dueAt = next === 'retrying' ? decision.at : null;
    await this.em.transactional(async (transaction) => {
      const em = transaction as SqlEntityManager;
      if (toHost && run.loaded)
        await this.host.reportProblem(reference, { ...problem, next, ...(dueAt !== null && { retryAt: dueAt }) });
      const now = this.clock.now();
      const end: RecordEnd = {
        record,
        status: next,
        dueAt,
        connection: connection.id,
        isItsCustomers: false,
        documentNumber: numberOf(run),
        failures: record.failures + 1,
        firstFailedAt: record.firstFailedAt ?? now,
        doubtfulParts: run.doubtfulParts,
        unansweredAt: run.unansweredAt,
        problem,
        currency: record.currency ?? null,
        taxAmount: record.taxAmount ?? null,
        syncedAt: record.syncedAt ?? null,
        givesCreditBack: false,
      };
      await endRecords(em, [end], now);
      await em.nativeDelete(TaxSyncWait, { record: record.id });
      const waits = waitsOf(decision).map((wait) => ({ id: uuidv7(), record: record.id, ...wait }));
      if (waits.length > 0) await em.insertMany(TaxSyncWait, waits);
      await writeAttempts(em, [{ run, outcome: next, problem }], now);
    });
  }

  /**
   * Anrok has whom it holds the document for, which need not be whom the customer is linked to by now. Before the record
   * is locked, as where a link is changed.
   */
  private async isKnown(
    em: EntityManager,
    { customerId, connection, link, drafts }: SyncRun,
    now: Date,
  ): Promise<void> {
    const anrokCustomerId = drafts[0]?.body.customerId;
    if (anrokCustomerId === undefined || (link?.knownAt && link.connection.id === connection.id)) return;
    const unknown = { customerId, connection: connection.id, anrokCustomerId, knownAt: null };
    await em.nativeUpdate(CustomerLink, unknown, { knownAt: now });
  }

  private async giveToHost(ended: readonly EndedRun[]): Promise<void> {
    const seen = ended.filter(({ run: { loaded } }) => loaded && loaded.standing !== 'draft');
    const taxed = seen.flatMap((one) => toTaxedDocument(one) ?? []);
    const answers = await this.applyTaxes(taxed);
    for (const [index, { document }] of taxed.entries())
      if (answers[index] !== 'applied') throw new DocumentChangedError(document.kind, document.id);
    for (const { run, outcome } of seen) if (!outcome.calculation) await this.host.confirmVoided(run.reference);
  }

  private async applyTaxes(taxed: readonly TaxedDocument[]): Promise<readonly ('applied' | 'stale')[]> {
    const [first] = taxed;
    if (!first) return [];
    if (taxed.length > 1) return this.host.applyTaxesToMany(taxed);
    return [await this.host.applyTaxes(first.document, first.taxes)];
  }

  /**
   * Where a request may still arrive that was given up, the document is done, and is confirmed once that is over; where
   * its accounting date lies too far ahead, it gets that once Anrok takes it. What comes later of the two, the run that
   * comes of the earlier finds again.
   */
  private endOf({ run, outcome: { calculation } }: EndedRun, now: Date): RecordEnd {
    const { record, connection, drafts, unansweredAt } = run;
    const confirmAt = unansweredAt && new Date(unansweredAt.getTime() + this.options.worker.lateRequestMs);
    const isOpen = confirmAt !== null && confirmAt > now;
    return {
      record,
      status: 'synced',
      dueAt: earliest(isOpen ? confirmAt : null, ownDateOf(run)),
      connection: connection.id,
      isItsCustomers: drafts.length > 0,
      documentNumber: numberOf(run),
      failures: 0,
      firstFailedAt: null,
      doubtfulParts: isOpen ? Math.max(1, drafts.length, record.doubtfulParts) : 0,
      unansweredAt: isOpen ? unansweredAt : null,
      problem: null,
      currency: calculation?.currency ?? null,
      taxAmount: calculation?.taxAmountToCollect ?? null,
      syncedAt: now,
      givesCreditBack: drafts.length === 0,
    };
  }

  /** What happened is written by now; a listener that throws changes nothing of it. */
  private async tell({ event, payload }: Told): Promise<void> {
    try {
      await this.events.emitAsync(event, payload);
    } catch (error) {
      const { stack, ...what } = toLoggable(error);
      this.log.error('A listener failed', { event, ...what }, stack);
    }
  }
}

function toTaxedDocument({ run, outcome: { calculation } }: EndedRun): TaxedDocument | undefined {
  if (!run.loaded || !calculation) return undefined;
  const transactionIds = run.drafts.map((draft) => draft.transactionId);
  return { document: run.reference, taxes: { calculation, version: run.loaded.version, transactionIds } };
}

function ownDateOf({ loaded, drafts }: SyncRun): Date | null {
  return (loaded && ownDateFrom(loaded.document, drafts[0]?.body.accountingDate)) ?? null;
}

function earliest(one: Date | null, other: Date | null): Date | null {
  return one && other ? (one < other ? one : other) : (one ?? other);
}

/** The last that is known: a document that is gone keeps its own. */
function numberOf({ loaded, record }: SyncRun): string | null {
  return loaded?.booked?.number ?? record.documentNumber ?? null;
}

/**
 * Together, documents lock the host's rows in an order of our own. Rather than wait for each other with a transaction of
 * the host's, give up before PostgreSQL looks for deadlocks, which it does after a second: each document alone locks no
 * more than it ever did. SQLite has one writer.
 */
async function waitForNobody(em: SqlEntityManager): Promise<void> {
  if (em.getPlatform() instanceof BasePostgreSqlPlatform)
    await em.execute(`set local lock_timeout = '100ms'`, [], 'run');
}

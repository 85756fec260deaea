import { type TaxDocumentReference, toLoggable } from '@anrok-nest/tax';
import { EntityManager } from '@mikro-orm/core';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../clock.js';
import { CustomerNotLinkedError } from '../connection/connection.error.js';
import { EstimateCache } from '../estimates/estimate.cache.js';
import { joining } from '../joining.js';
import { AnrokTaxOptions } from '../options/resolve-options.js';
import { documentKey } from '../records/document-key.js';
import { findRecord } from '../records/find-record.js';
import { lockRecords } from '../records/lock-records.js';
import type { RecordFilter } from '../records/record-filter.js';
import { affectedBy, countWaiting, makeDue, overtakenBy, type SettingChange } from './make-due.js';
import { isAnroks, requestSync } from './request-sync.js';
import { retryAll } from './retry-all.js';
import { TransactionScope } from './transaction-scope.js';
import { WakeUp } from './wake-up.js';

/** What a transaction leaves for the worker. */
type Concern =
  { readonly document: TaxDocumentReference; readonly isSettled?: true } | { readonly change: SettingChange };

/**
 * The entrance to the sync. Whatever comes in is written down in the transaction that is open at the caller's, as its
 * last act before the commit, or in one of its own where there is none: it commits and rolls back with what it is
 * about, and can't be lost.
 */
@Injectable()
export class TaxSyncService implements OnModuleInit {
  private readonly log = new Logger(TaxSyncService.name);
  private readonly scope = new TransactionScope<Concern>(
    (em, concerns) => this.write(em, concerns),
    (concerns) => this.announce(concerns),
  );

  constructor(
    private readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly wakeUp: WakeUp,
    private readonly options: AnrokTaxOptions,
    private readonly estimates: EstimateCache,
  ) {}

  onModuleInit(): void {
    this.em.getEventManager().registerSubscriber(this.scope);
  }

  /**
   * The document is final, or is not what it was: bring Anrok to what it is. As often as wanted; asking twice in a
   * transaction asks once. Does nothing for customers without a link.
   */
  async request(reference: TaxDocumentReference): Promise<void> {
    await this.leave({ document: reference });
  }

  /**
   * As `request`, where the document has to be Anrok's: whoever asks shows it as being taxed.
   *
   * @throws CustomerNotLinkedError here, or at the commit where somebody has unlinked the customer meanwhile
   */
  async settle(reference: TaxDocumentReference): Promise<void> {
    if (!(await isAnroks(joining(this.em), reference))) throw new CustomerNotLinkedError(reference.customerId);
    await this.leave({ document: reference, isSettled: true });
  }

  /** Something changed that documents may have waited for: exactly those are due again, unless healing is manual. */
  async changed(change: SettingChange): Promise<void> {
    await this.leave({ change });
  }

  /** How many documents wait for any of these changes, and continue by it: none where healing is manual. */
  async waitingFor(changes: readonly SettingChange[]): Promise<number> {
    if (changes.length === 0 || this.options.healing === 'manual') return 0;
    return countWaiting(joining(this.em) as SqlEntityManager, changes);
  }

  /** Tries a document again now, whatever it waits for. @throws SyncRecordNotFoundError */
  async retry(recordId: string): Promise<void> {
    const { documentKind: kind, documentId: id, customerId } = await findRecord(joining(this.em), recordId);
    await this.request({ kind, id, customerId });
  }

  /** Tries everything again now that has no tax and fits, and answers how many documents that is. */
  async retryAll(filter: RecordFilter = {}): Promise<number> {
    const count = await joining(this.em).transactional((em) => retryAll(em, filter, this.clock.now()));
    this.wakeUp.ring();
    return count;
  }

  /** Synchronous where a transaction is open, so that it works from a listener that nobody awaits. */
  private leave(concern: Concern): Promise<void> | undefined {
    if (this.scope.add(this.em, concern)) return undefined;
    return this.em.fork().transactional(async () => {
      this.scope.add(this.em, concern);
    });
  }

  private async announce(concerns: readonly Concern[]): Promise<void> {
    await this.healOvertaken(concerns.flatMap((concern) => ('change' in concern ? [concern.change] : [])));
    const documents = concerns.flatMap((concern) => ('document' in concern ? [concern.document] : []));
    if (documents.length > 0) this.wakeUp.ring(documents);
    if (documents.length < concerns.length) this.wakeUp.ring();
    const customers = concerns.flatMap((concern) =>
      'change' in concern && 'customerId' in concern.change ? [concern.change.customerId] : [],
    );
    await Promise.all([...new Set(customers)].map((customerId) => this.estimates.forgetCustomer(customerId)));
  }

  /** Never throws: the change is made. What is left waiting here, a resync finds. */
  private async healOvertaken(changes: readonly SettingChange[]): Promise<void> {
    if (changes.length === 0 || this.options.healing === 'manual') return;
    try {
      await this.em.fork().transactional(async (em) => {
        if (!(await lockRecords(em, changes.map(overtakenBy)))) return;
        for (const change of changes) await makeDue(em as SqlEntityManager, change, this.clock.now());
      });
    } catch (error) {
      const { stack, ...what } = toLoggable(error);
      this.log.error('Documents may still wait for what was changed', what, stack);
    }
  }

  private async write(em: EntityManager, concerns: readonly Concern[]): Promise<void> {
    const now = this.clock.now();
    const documents = concerns.flatMap((concern) => ('document' in concern ? [concern.document] : []));
    const healing = this.options.healing === 'automatic';
    const changes = concerns.flatMap((concern) => ('change' in concern && healing ? [concern.change] : []));
    // the one record of one document is locked by what is written of it
    if (concerns.length > 1 || changes.length > 0)
      await lockRecords(em, [...documents.map(recordOf), ...changes.map(affectedBy)]);
    if (documents.length > 0) assertSettled(concerns, await requestSync(em, documents, now));
    for (const change of changes) await makeDue(em as SqlEntityManager, change, now);
  }
}

/** A document that is shown as being taxed, and is on nobody's list, would never get its tax: then the host's commit fails. */
function assertSettled(concerns: readonly Concern[], strangers: readonly TaxDocumentReference[]): void {
  if (strangers.length === 0) return;
  const keys = new Set(strangers.map(documentKey));
  for (const concern of concerns)
    if ('document' in concern && concern.isSettled && keys.has(documentKey(concern.document)))
      throw new CustomerNotLinkedError(concern.document.customerId);
}

function recordOf({ kind, id }: TaxDocumentReference) {
  return { documentKind: kind, documentId: id };
}

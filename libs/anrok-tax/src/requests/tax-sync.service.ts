import type { TaxDocumentReference } from '@anrok-nest/tax';
import { EntityManager } from '@mikro-orm/core';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../clock.js';
import { joining } from '../joining.js';
import { findRecord } from '../records/find-record.js';
import { makeDue, type SettingChange } from './make-due.js';
import { requestSync } from './request-sync.js';
import { TransactionScope } from './transaction-scope.js';
import { WakeUp } from './wake-up.js';

/** What a transaction leaves for the worker. */
type Concern = { readonly document: TaxDocumentReference } | { readonly change: SettingChange };

/**
 * The entrance to the sync. Whatever comes in is written down in the transaction that is open at the caller's, as its
 * last act before the commit, or in one of its own where there is none: it commits and rolls back with what it is
 * about, and can't be lost.
 */
@Injectable()
export class TaxSyncService implements OnModuleInit {
  private readonly scope = new TransactionScope<Concern>(
    (em, concerns) => this.write(em, concerns),
    () => this.wakeUp.ring(),
  );

  constructor(
    private readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly wakeUp: WakeUp,
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

  /** Something changed that documents may have waited for: exactly those are due again. */
  async changed(change: SettingChange): Promise<void> {
    await this.leave({ change });
  }

  /** Tries a document again now, whatever it waits for. @throws SyncRecordNotFoundError */
  async retry(recordId: string): Promise<void> {
    const { documentKind: kind, documentId: id, customerId } = await findRecord(joining(this.em), recordId);
    await this.request({ kind, id, customerId });
  }

  /** Synchronous where a transaction is open, so that it works from a listener that nobody awaits. */
  private leave(concern: Concern): Promise<void> | undefined {
    if (this.scope.add(this.em, concern)) return undefined;
    return this.em.fork().transactional(async () => {
      this.scope.add(this.em, concern);
    });
  }

  private async write(em: EntityManager, concerns: readonly Concern[]): Promise<void> {
    const now = this.clock.now();
    const documents = concerns.flatMap((concern) => ('document' in concern ? [concern.document] : []));
    if (documents.length > 0) await requestSync(em, documents, now);
    for (const concern of concerns) if ('change' in concern) await makeDue(em, concern.change, now);
  }
}

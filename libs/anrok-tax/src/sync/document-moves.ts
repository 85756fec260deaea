import { type EntityData, EntityManager } from '@mikro-orm/core';
import { Injectable } from '@nestjs/common';
import type { UsableConnection } from '../connection/usable-connection.js';
import type { TaxSyncRecord } from '../records/tax-sync-record.entity.js';
import { RunReads } from './run-reads.js';
import type { SyncRun } from './sync-run.js';
import { TaxSyncLeases } from './tax-sync.leases.js';

/**
 * Has a run follow its document to another customer, and to another account. Both are written down before anybody looks
 * at what hangs on them: from then on, whatever becomes of a link, an address or a mapping there makes the document due
 * again.
 */
@Injectable()
export class DocumentMoves {
  constructor(
    private readonly em: EntityManager,
    private readonly reads: RunReads,
    private readonly leases: TaxSyncLeases,
  ) {}

  /**
   * What was found for the customer before is to be found anew.
   *
   * @param isBound whether Anrok holds something of the document, or may
   * @throws LeaseLostError
   */
  async toCustomer(run: SyncRun, customerId: string, isBound: boolean): Promise<void> {
    const sentFor = run.formerCustomerId ?? run.customerId;
    const formerCustomerId = isBound && sentFor !== customerId ? sentFor : null;
    await this.note(run, { customerId, formerCustomerId });
    Object.assign(run, { customerId, formerCustomerId });
    run.link = await this.reads.link(customerId);
  }

  /** @throws LeaseLostError */
  async toConnection(run: SyncRun, connection: UsableConnection): Promise<void> {
    run.connection = connection;
    if (connection.id !== run.record.connection.id) await this.note(run, { connection: connection.id });
  }

  private async note({ record, mode }: SyncRun, change: EntityData<TaxSyncRecord>): Promise<void> {
    if (mode === 'real') await this.leases.note(this.em.fork(), record, change);
  }
}

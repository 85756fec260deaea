import { EntityManager } from '@mikro-orm/core';
import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { Clock } from '../clock.js';
import { toTransactionId } from '../mapping/transaction-id.js';
import { AnrokTaxOptions } from '../options/resolve-options.js';
import { HeldTransaction } from '../records/held-transaction.entity.js';
import type { SyncRun } from './sync-run.js';
import { TaxSyncLeases } from './tax-sync.leases.js';

/**
 * Begins anew with a document that changed after it was frozen for filing, or counts again after it was negated: under
 * new ids, while what stands under the old ones is undone. Written down before either is sent, because neither can be
 * taken back.
 */
@Injectable()
export class NextGeneration {
  constructor(
    private readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly options: AnrokTaxOptions,
    private readonly leases: TaxSyncLeases,
  ) {}

  /** @param frozenId the transaction that Anrok refused to change, if any @throws LeaseLostError */
  async begin(run: SyncRun, frozenId?: string): Promise<void> {
    const { record, reference, generation } = run;
    const now = this.clock.now();
    // nothing was announced under the new ids yet, and whatever the old ones are is no longer taken for granted
    const next = { generation: generation + 1, doubtfulParts: Math.max(1, run.drafts.length) };
    const inDoubt = Array.from({ length: run.doubtfulParts }, (_, index) =>
      toTransactionId(this.options.transactionIdPrefix, reference, { part: index + 1, generation }),
    );
    const mayBeThere = new Set([...(frozenId === undefined ? [] : [frozenId]), ...inDoubt]);
    await this.em.fork().transactional(async (em) => {
      await this.leases.note(em, record, next);
      const known = await em.find(HeldTransaction, { record: record.id }, { fields: ['transactionId'] });
      // what was undone may have come back, or have been undone by halves, without an answer
      const undone = {
        record: record.id,
        transactionId: { $in: [...mayBeThere] },
        state: { $ne: 'recorded' },
      } as const;
      await em.nativeUpdate(HeldTransaction, undone, { state: 'doubtful', updatedAt: now });
      const ids = new Set(known.map(({ transactionId }) => transactionId));
      const rows = [...mayBeThere]
        .filter((transactionId) => !ids.has(transactionId))
        .map((transactionId) => ({
          id: uuidv7(),
          record: record.id,
          transactionId,
          state: 'doubtful' as const,
          updatedAt: now,
        }));
      if (rows.length > 0) await em.insertMany(HeldTransaction, rows);
    });
    Object.assign(record, next);
  }
}

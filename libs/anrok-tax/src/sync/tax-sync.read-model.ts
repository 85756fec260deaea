import { EntityManager } from '@mikro-orm/core';
import { Injectable } from '@nestjs/common';
import { joining } from '../joining.js';
import { HeldTransaction } from './held-transaction.entity.js';
import { SyncRecordNotFoundError } from './sync.error.js';
import { TaxSyncAttempt } from './tax-sync-attempt.entity.js';
import { type SyncStatus, TaxSyncRecord } from './tax-sync-record.entity.js';

export interface RecordFilter {
  readonly status?: SyncStatus;
  readonly limit: number;
}

export interface RecordHistory {
  readonly record: TaxSyncRecord;
  /** The latest first. */
  readonly attempts: readonly TaxSyncAttempt[];
  readonly transactions: readonly HeldTransaction[];
}

/** What people and programs may see of the sync. */
@Injectable()
export class TaxSyncReadModel {
  constructor(private readonly em: EntityManager) {}

  /** The latest requested first. */
  list({ status, limit }: RecordFilter): Promise<TaxSyncRecord[]> {
    return joining(this.em).find(TaxSyncRecord, status ? { status } : {}, {
      populate: ['connection'],
      orderBy: { requestedAt: 'desc', id: 'desc' },
      limit,
    });
  }

  /** @throws SyncRecordNotFoundError */
  async history(id: string): Promise<RecordHistory> {
    const em = joining(this.em);
    const record = await em.findOne(TaxSyncRecord, { id }, { populate: ['connection'], refresh: true });
    if (!record) throw new SyncRecordNotFoundError(id);
    const attempts = await em.find(TaxSyncAttempt, { record: id }, { orderBy: { startedAt: 'desc', id: 'desc' } });
    const transactions = await em.find(HeldTransaction, { record: id }, { orderBy: { transactionId: 'asc' } });
    return { record, attempts, transactions };
  }

  /** Standing of the documents with these ids, by document id. */
  async standingOf(documentKind: string, documentIds: readonly string[]): Promise<ReadonlyMap<string, TaxSyncRecord>> {
    const records = await joining(this.em).find(
      TaxSyncRecord,
      { documentKind: documentKind as TaxSyncRecord['documentKind'], documentId: { $in: [...documentIds] } },
      { refresh: true },
    );
    return new Map(records.map((record) => [record.documentId, record]));
  }
}

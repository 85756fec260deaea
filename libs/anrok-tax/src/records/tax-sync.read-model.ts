import type { TaxDocumentKind } from '@anrok-nest/tax';
import { EntityManager, raw } from '@mikro-orm/core';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { Injectable } from '@nestjs/common';
import { validate as isUuid } from 'uuid';
import { Connection } from '../connection/connection.entity.js';
import { joining } from '../joining.js';
import { findRecord } from './find-record.js';
import { behind, fromCursor, toCursor } from './record-cursor.js';
import { type RecordFilter, recordsThat } from './record-filter.js';
import { HeldTransaction } from './held-transaction.entity.js';
import { TaxSyncAttempt } from './tax-sync-attempt.entity.js';
import { type SyncStatus, TaxSyncRecord } from './tax-sync-record.entity.js';

export interface RecordPageRequest extends RecordFilter {
  /** `next` of the page before; absent for the first. */
  readonly after?: string;
  /** At most so many. Default 50. */
  readonly limit?: number;
}

export interface RecordPage {
  readonly records: readonly TaxSyncRecord[];
  /** Absent on the last page. */
  readonly next?: string;
}

export interface Standing {
  readonly record: TaxSyncRecord;
  readonly transactions: readonly HeldTransaction[];
}

export interface RecordHistory extends Standing {
  /** The latest first. */
  readonly attempts: readonly TaxSyncAttempt[];
}

/** How many documents of a connection are in a status, and since when the oldest of them. */
export interface Backlog {
  readonly connectionCode: string;
  readonly status: SyncStatus;
  readonly count: number;
  /** When the one was requested that waits longest: nothing should grow old here unseen. */
  readonly oldestRequestedAt: Date;
}

/** What there is to be done now, and whether somebody does it. */
export interface Workload {
  /** Since when the oldest work is due that nobody has taken up; absent when there is none. */
  readonly dueSince?: Date;
  /** Whether somebody holds a lease that runs. */
  readonly isInHand: boolean;
}

/** What people and programs may see of the sync. */
@Injectable()
export class TaxSyncReadModel {
  constructor(private readonly em: EntityManager) {}

  /** The latest requested first; what comes in meanwhile moves no later page. @throws InvalidCursorError */
  async list({ after, limit = 50, ...filter }: RecordPageRequest = {}): Promise<RecordPage> {
    const page = after === undefined ? {} : behind(fromCursor(after));
    const found = await joining(this.em).find(
      TaxSyncRecord,
      { $and: [recordsThat(filter), page] },
      {
        populate: ['connection'],
        orderBy: { requestedAt: 'desc', id: 'desc' },
        limit: limit + 1,
        refresh: true,
      },
    );
    const records = found.slice(0, limit);
    return { records, ...(found.length > limit && { next: toCursor(records.at(-1)!) }) };
  }

  /** @throws SyncRecordNotFoundError */
  async history(id: string): Promise<RecordHistory> {
    const em = joining(this.em);
    const record = await findRecord(em, id);
    const attempts = await em.find(TaxSyncAttempt, { record: id }, { orderBy: { startedAt: 'desc', id: 'desc' } });
    const transactions = await em.find(HeldTransaction, { record: id }, { orderBy: { transactionId: 'asc' } });
    return { record, attempts, transactions };
  }

  /** What is not done, by connection and status. */
  async backlog(): Promise<Backlog[]> {
    const em = joining(this.em) as SqlEntityManager;
    const rows = await em
      .createQueryBuilder(TaxSyncRecord, 'record')
      .select(['connection', 'status', raw('count(*) as count'), raw('min(record.requested_at) as oldest')])
      .where({ status: { $ne: 'synced' } })
      .groupBy(['connection', 'status'])
      .execute<{ connection: string; status: SyncStatus; count: number | string; oldest: Date | number | string }[]>(
        'all',
      );
    const connections = await em.find(Connection, { id: { $in: rows.map(({ connection }) => connection) } });
    const codeOf = new Map(connections.map(({ id, code }) => [id, code]));
    return rows
      .map(({ connection, status, count, oldest }) => ({
        connectionCode: codeOf.get(connection)!,
        status,
        count: Number(count),
        oldestRequestedAt: new Date(oldest),
      }))
      .toSorted((a, b) => a.oldestRequestedAt.getTime() - b.oldestRequestedAt.getTime());
  }

  async workload(now: Date): Promise<Workload> {
    const em = joining(this.em);
    const oldest = { fields: ['dueAt'], orderBy: { dueAt: 'asc' }, limit: 1 } as const;
    const [due] = await em.find(TaxSyncRecord, { dueAt: { $lte: now } }, oldest);
    const inHand = await em.count(TaxSyncRecord, { status: 'processing', dueAt: { $gt: now } });
    return { ...(due?.dueAt && { dueSince: due.dueAt }), isInHand: inHand > 0 };
  }

  /** The records of a document, or the one of that id; a document's id may be that of others of another kind. */
  find(id: string): Promise<TaxSyncRecord[]> {
    const where = isUuid(id) ? { $or: [{ id }, { documentId: id }] } : { documentId: id };
    return joining(this.em).find(TaxSyncRecord, where, { orderBy: { documentKind: 'asc' } });
  }

  /** The records of these documents and what Anrok holds of them, by document id. */
  async standings(kind: TaxDocumentKind, documentIds: readonly string[]): Promise<ReadonlyMap<string, Standing>> {
    const em = joining(this.em);
    const of = { documentKind: kind, documentId: { $in: [...documentIds] } };
    const records = await em.find(TaxSyncRecord, of, { populate: ['connection'], refresh: true });
    const held = await em.find(HeldTransaction, { record: of }, { orderBy: { transactionId: 'asc' }, refresh: true });
    const transactionsOf = Map.groupBy(held, (transaction) => transaction.record.id);
    return new Map(
      records.map((record) => [record.documentId, { record, transactions: transactionsOf.get(record.id) ?? [] }]),
    );
  }
}

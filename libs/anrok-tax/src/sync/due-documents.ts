import type { TaxDocumentReference } from '@anrok-nest/tax';
import { EntityManager, type FilterQuery } from '@mikro-orm/core';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { Injectable } from '@nestjs/common';
import { Clock } from '../clock.js';
import { Connection } from '../connection/connection.entity.js';
import { TaxSyncRecord } from '../records/tax-sync-record.entity.js';
import { unsuspected } from './claimable.js';
import type { DueDocument } from './sync-dispatch.js';

/** So many of a connection at a look: the longest due. The others follow when these are gone. */
const MOST_OF_A_CONNECTION = 500;

/** Finds what is to be handed on. */
@Injectable()
export class DueDocuments {
  constructor(
    private readonly em: EntityManager,
    private readonly clock: Clock,
  ) {}

  /** The codes of all connections. */
  async connections(): Promise<string[]> {
    const connections = await this.em.fork().find(Connection, {}, { fields: ['code'], orderBy: { code: 'asc' } });
    return connections.map(({ code }) => code);
  }

  /** Those of these documents that are due. */
  of(references: readonly TaxDocumentReference[]): Promise<DueDocument[]> {
    const documents = references.map(({ kind, id }) => ({ documentKind: kind, documentId: id }));
    return this.find({ $or: documents, $and: [unsuspected(this.clock.now())] });
  }

  /** Of each connection some, so that a connection with much to do hides no other; what a resync made due comes last. */
  async longestDue(): Promise<DueDocument[]> {
    const now = this.clock.now();
    const em = this.em.fork() as SqlEntityManager;
    const due = em.createQueryBuilder(TaxSyncRecord, 'due').select('connection').where(unsuspected(now));
    const connections = await em.find(Connection, { id: { $in: due } }, { fields: ['id'] });
    const found: DueDocument[] = [];
    for (const { id: connection } of connections)
      for (const origin of ['direct', 'resync'] as const) {
        const which = { connection, $and: [unsuspected(now, origin)] };
        found.push(...(await this.find(which, MOST_OF_A_CONNECTION)));
      }
    return found;
  }

  private async find(where: FilterQuery<TaxSyncRecord>, limit?: number): Promise<DueDocument[]> {
    const records = await this.em.fork().find(TaxSyncRecord, where, {
      fields: ['connection.code', 'documentKind', 'documentId', 'documentNumber', 'dueAt', 'resyncRun'],
      orderBy: { dueAt: 'asc' },
      ...(limit !== undefined && { limit }),
    });
    return records.map((record) => ({
      recordId: record.id,
      connection: record.connection.code,
      kind: record.documentKind,
      id: record.documentId,
      number: record.documentNumber ?? null,
      dueAt: record.dueAt!,
      isResync: record.resyncRun !== null && record.resyncRun !== undefined,
    }));
  }
}

import type { TaxDocumentKind, TaxDocumentReference } from '@anrok-nest/tax';
import { EntityManager } from '@mikro-orm/core';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { Injectable } from '@nestjs/common';
import { Clock } from '../clock.js';
import { Connection } from '../connection/connection.entity.js';
import { DIRECT, OF_RESYNC, UNSUSPECTED } from './claimable.js';
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
    const among = references.map(() => '(document_kind = ? and document_id = ?)').join(' or ');
    return this.find(
      `${UNSUSPECTED} and (${among})`,
      references.flatMap(({ kind, id }) => [kind, id]),
      references.length,
    );
  }

  /** Of each connection some, so that a connection with much to do hides no other; what a resync made due comes last. */
  async longestDue(): Promise<DueDocument[]> {
    const connections = await (this.em.fork() as SqlEntityManager).execute<{ id: string }[]>(
      `select distinct connection_id as id from anrok_sync_record where ${UNSUSPECTED}`,
      [this.clock.now()],
    );
    const found: DueDocument[] = [];
    for (const { id } of connections)
      for (const which of [DIRECT, OF_RESYNC])
        found.push(...(await this.find(`${which} and connection_id = ?`, [id], MOST_OF_A_CONNECTION)));
    return found;
  }

  /** @param which a condition whose first place is for the present moment */
  private async find(which: string, parameters: readonly string[], limit: number): Promise<DueDocument[]> {
    const rows = await (this.em.fork() as SqlEntityManager).execute<DueRow[]>(
      `select due.id, due.document_kind, due.document_id, due.document_number, due.due_at, due.resync_run, connection.code
       from (select * from anrok_sync_record where ${which} order by due_at limit ?) as due
       join anrok_connection connection on connection.id = due.connection_id
       order by due.due_at`,
      [this.clock.now(), ...parameters, limit],
    );
    return rows.map((row) => ({
      recordId: row.id,
      connection: row.code,
      kind: row.document_kind,
      id: row.document_id,
      number: row.document_number,
      dueAt: new Date(row.due_at),
      isResync: row.resync_run !== null,
    }));
  }
}

interface DueRow {
  readonly id: string;
  readonly document_kind: TaxDocumentKind;
  readonly document_id: string;
  readonly document_number: string | null;
  /** Milliseconds on SQLite. */
  readonly due_at: Date | string | number;
  readonly resync_run: string | null;
  readonly code: string;
}

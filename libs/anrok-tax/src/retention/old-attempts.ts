import { EntityManager, type QueryResult } from '@mikro-orm/core';
import { type SqlEntityManager, SqlitePlatform } from '@mikro-orm/sql';
import { Injectable } from '@nestjs/common';
import { TaxSyncAttempt } from '../records/tax-sync-attempt.entity.js';

/** Attempts looked at in one statement, so that nobody waits long behind it. */
const PORTION = 1_000;

/** Before and after all ids. */
const FIRST = '00000000-0000-0000-0000-000000000000';
const LAST = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

/** Deletes attempts that are older than anybody wants to read, but for the last one of each document. */
@Injectable()
export class OldAttempts {
  constructor(private readonly em: EntityManager) {}

  /**
   * Looks at them in the order in which they were made, portion by portion, and no further than they are old: most of
   * what is old has to stay, and all that is young.
   *
   * @returns how many it deleted
   */
  async prune(before: Date, signal: AbortSignal): Promise<number> {
    let deleted = 0;
    let from = FIRST;
    while (!signal.aborted) {
      const last = await this.lastOfPortion(from);
      deleted += await this.deleteBetween(from, last?.id ?? LAST, before);
      if (!last || last.startedAt >= before) break;
      from = last.id;
    }
    return deleted;
  }

  private async lastOfPortion(from: string) {
    const [last] = await this.em
      .fork()
      .find(
        TaxSyncAttempt,
        { id: { $gt: from } },
        { fields: ['id', 'startedAt'], orderBy: { id: 'asc' }, limit: 1, offset: PORTION - 1 },
      );
    return last;
  }

  /** Another process may be at the same, and has what it has. */
  private async deleteBetween(from: string, to: string, before: Date): Promise<number> {
    const em = this.em.fork() as SqlEntityManager;
    const isLocking = !(em.getPlatform() instanceof SqlitePlatform);
    const { affectedRows } = await em.execute<QueryResult>(
      `delete from anrok_sync_attempt where id in (
         select id from anrok_sync_attempt old where id > ? and id <= ? and started_at < ?
           and exists (select 1 from anrok_sync_attempt later where later.record_id = old.record_id and later.id > old.id)
         order by id ${isLocking ? 'for update skip locked' : ''})`,
      [from, to, before],
      'run',
    );
    return affectedRows;
  }
}

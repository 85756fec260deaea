import { EntityManager, LockMode, raw } from '@mikro-orm/core';
import { SqlitePlatform } from '@mikro-orm/sql';
import { Injectable } from '@nestjs/common';
import { TaxSyncAttempt } from '../records/tax-sync-attempt.entity.js';

/** Attempts looked at in one statement, so that nobody waits long behind it. */
const PORTION = 1_000;

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
    let after: string | undefined;
    while (!signal.aborted) {
      const portion = await this.next(after);
      const old = portion.filter(({ startedAt }) => startedAt < before).map(({ id }) => id);
      if (old.length > 0) deleted += await this.deleteFollowed(old);
      const last = portion.at(-1);
      if (!last || last.startedAt >= before || portion.length < PORTION) break;
      after = last.id;
    }
    return deleted;
  }

  private next(after: string | undefined) {
    return this.em.fork().find(TaxSyncAttempt, after === undefined ? {} : { id: { $gt: after } }, {
      fields: ['id', 'startedAt'],
      orderBy: { id: 'asc' },
      limit: PORTION,
    });
  }

  /** Of these, those that are not their documents' last. Another process may be at the same. */
  private deleteFollowed(ids: readonly string[]): Promise<number> {
    return this.em.fork().transactional(async (em) => {
      const isFollowed = raw(
        (one) =>
          `exists (select 1 from anrok_sync_attempt later where later.record_id = ${one}.record_id and later.id > ${one}.id)`,
      );
      const isLocking = !(em.getPlatform() instanceof SqlitePlatform);
      const followed = await em.find(
        TaxSyncAttempt,
        { id: { $in: [...ids] }, [isFollowed]: [] },
        { fields: ['id'], ...(isLocking && { lockMode: LockMode.PESSIMISTIC_PARTIAL_WRITE }) },
      );
      return followed.length > 0 ? em.nativeDelete(TaxSyncAttempt, { id: { $in: followed.map(({ id }) => id) } }) : 0;
    });
  }
}

import { type EntityData, EntityManager, raw } from '@mikro-orm/core';
import { type SqlEntityManager, SqlitePlatform } from '@mikro-orm/sql';
import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { readConnections } from '../connection/usable-connection.js';
import { CLAIMED_COLUMNS, type ClaimedRecord, type ClaimedRow, toClaimedRecord } from '../records/claimed-record.js';
import { later } from '../records/later.js';
import { TaxSyncRecord } from '../records/tax-sync-record.entity.js';
import { DIRECT, OF_RESYNC, SUSPECT, UNSUSPECTED } from './claimable.js';

/** What a run is about to leave at Anrok, so that a successor knows of it should the run end without a word. */
export interface Announcement {
  /** Id of the connection that is sent the document. */
  readonly connection?: string;
  readonly doubtfulParts?: number;
}

/** What a run leaves at Anrok without being sure of it. */
export interface Doubt {
  readonly doubtfulParts: number;
  readonly unansweredAt: Date | null;
}

/** Somebody else has the record now: whatever this run found out is void, because the other run finds out itself. */
export class LeaseLostError extends Error {
  constructor(recordId: string) {
    super(`The lease on sync record ${recordId} was taken over.`);
  }
}

/**
 * Claims as time-limited leases: a process that dies keeps nobody from its work for longer than the lease, and one
 * that was only slow finds that it lost it.
 */
@Injectable()
export class TaxSyncLeases {
  constructor(private readonly em: EntityManager) {}

  /**
   * Takes what is due, the longest due first: new work, work to be tried again, and work whose lease ran out. What a
   * resync made due comes after everything else. Suspects are left to `claimSuspect`.
   */
  async claim(limit: number, now: Date, leaseMs: number): Promise<ClaimedRecord[]> {
    // one origin at a time: a query that sorted by it could not stop at the first so many entries of the index
    const direct = await this.take(DIRECT, [now], limit, now, leaseMs);
    const places = limit - direct.length;
    return this.found(places > 0 ? [...direct, ...(await this.take(OF_RESYNC, [now], places, now, leaseMs))] : direct);
  }

  /** Takes this one, if it is due, nobody holds it, and it is no suspect. */
  async claimOne(id: string, now: Date, leaseMs: number): Promise<ClaimedRecord | undefined> {
    const [claimed] = await this.found(await this.take(`${UNSUSPECTED} and id = ?`, [now, id], 1, now, leaseMs));
    return claimed;
  }

  /** Whether there is a document to be claimed that may be what ended those who worked on it. */
  async isSuspectDue(now: Date): Promise<boolean> {
    const found = await this.fork().execute<unknown[]>(`select 1 from anrok_sync_record where ${SUSPECT} limit 1`, [
      now,
    ]);
    return found.length > 0;
  }

  /** Takes one of these: for a process that works on nothing else meanwhile, so that nothing else ends with it. */
  async claimSuspect(now: Date, leaseMs: number): Promise<ClaimedRecord | undefined> {
    const [claimed] = await this.found(await this.take(SUSPECT, [now], 1, now, leaseMs));
    return claimed;
  }

  private async take(
    condition: string,
    parameters: readonly (string | Date)[],
    limit: number,
    now: Date,
    leaseMs: number,
  ): Promise<ClaimedRow[]> {
    const em = this.fork();
    const isLocking = !(em.getPlatform() instanceof SqlitePlatform);
    return em.execute<ClaimedRow[]>(
      // evaluated once: as a mere subquery, PostgreSQL may run it again for every row, each time past those it has locked
      `with claimed as materialized (
         select id from anrok_sync_record where ${condition}
         order by due_at limit ? ${isLocking ? 'for update skip locked' : ''})
       update anrok_sync_record set
         -- a lease that ran out may have left anything at Anrok, until its end
         doubtful_parts = case when status = 'processing' and doubtful_parts = 0 then 1 else doubtful_parts end,
         unanswered_at = case when status = 'processing' then due_at else unanswered_at end,
         takeovers = case when status = 'processing' then takeovers + 1 else 0 end,
         status = 'processing', lease_owner = ?, due_at = ?
       where id in (select id from claimed)
       returning ${CLAIMED_COLUMNS}`,
      [...parameters, limit, uuidv7(), new Date(now.getTime() + leaseMs)],
    );
  }

  private async found(rows: readonly ClaimedRow[]): Promise<ClaimedRecord[]> {
    if (rows.length === 0) return [];
    const connections = await readConnections(
      this.fork(),
      rows.map((row) => row.connection_id),
    );
    return rows.map((row) => toClaimedRecord(row, connections.get(row.connection_id)!));
  }

  private fork(): SqlEntityManager {
    return this.em.fork() as SqlEntityManager;
  }

  /**
   * Prolongs the lease.
   *
   * @param announced what has to be on record before Anrok is sent anything
   * @throws LeaseLostError
   */
  async renew(record: ClaimedRecord, until: Date, announced: Announcement = {}): Promise<void> {
    const renewal = { dueAt: until, ...announced };
    if ((await this.em.fork().nativeUpdate(TaxSyncRecord, held(record), renewal)) === 0)
      throw new LeaseLostError(record.id);
    record.dueAt = until;
  }

  /** Writes something down that has to be on record before the run goes on. @throws LeaseLostError */
  async note(em: EntityManager, record: ClaimedRecord, changes: EntityData<TaxSyncRecord>): Promise<void> {
    if ((await em.nativeUpdate(TaxSyncRecord, held(record), changes)) === 0) throw new LeaseLostError(record.id);
  }

  /** Gives back what was claimed and won't be finished, for others to take at once. Doubts cast meanwhile stay. */
  async release(record: ClaimedRecord, now: Date, doubt: Doubt): Promise<void> {
    const released = { status: 'pending' as const, dueAt: now, leaseOwner: null };
    await this.em.fork().transactional(async (em) => {
      const asAsked = { ...held(record), revision: record.revision };
      if ((await em.nativeUpdate(TaxSyncRecord, asAsked, { ...released, ...doubt })) > 0) return;
      await em.nativeUpdate(TaxSyncRecord, held(record), { ...released, ...moreDoubtful(doubt) });
    });
  }

  /**
   * Casts doubt on whatever is known of a record by now, and has it looked at again: a run that lost its lease may have
   * sent something after its successor.
   */
  async castDoubt(doubt: Doubt, { id }: ClaimedRecord, now: Date): Promise<void> {
    await this.em.fork().transactional(async (em) => {
      const doubted = { revision: raw('revision + 1'), ...moreDoubtful(doubt) };
      await em.nativeUpdate(TaxSyncRecord, { id }, doubted);
      await em.nativeUpdate(TaxSyncRecord, { id, status: { $ne: 'processing' } }, { status: 'pending', dueAt: now });
    });
  }

  /** When the next record becomes due, if any does. */
  async nextDueAt(): Promise<Date | undefined> {
    const [next] = await this.em
      .fork()
      .find(TaxSyncRecord, { dueAt: { $ne: null } }, { fields: ['dueAt'], orderBy: { dueAt: 'asc' }, limit: 1 });
    return next?.dueAt ?? undefined;
  }
}

function held(record: ClaimedRecord): { id: string; status: 'processing'; leaseOwner: string | null | undefined } {
  return { id: record.id, status: 'processing', leaseOwner: record.leaseOwner };
}

/** Never takes back a doubt that somebody else has had. */
function moreDoubtful({ doubtfulParts, unansweredAt }: Doubt) {
  return {
    doubtfulParts: raw('case when doubtful_parts > ? then doubtful_parts else ? end', [doubtfulParts, doubtfulParts]),
    ...(unansweredAt && { unansweredAt: raw(later('?', 'unanswered_at'), [unansweredAt, unansweredAt]) }),
  };
}

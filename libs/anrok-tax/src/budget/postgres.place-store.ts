import type { PlaceStore, PlaceUsage } from '@anrok-nest/client';
import type { EntityManager } from '@mikro-orm/core';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { executePrepared } from '../execute-prepared.js';

export interface PostgresPlaceStoreOptions {
  readonly requestsPerSecond: number;
  /**
   * Added to each window, because requests don't travel equally fast. Default 25 ms: what leaves 1,025 ms apart arrives
   * at least a second apart unless its ways differ by more.
   */
  readonly jitterMarginMs?: number;
  /** The clock, as an expression in SQL. Default `clock_timestamp()`. */
  readonly clock?: string;
}

/** As many places as can be used at once; a higher limit has them come round the faster. */
const MOST_PLACES = 10;

/** Places that come round faster than this are not spread: nobody notices, and taking them one by one takes time. */
const SHORTEST_SPREAD_MS = 250;

/** So long is the longest pause: no Retry-After of more than that is honoured. */
const LONGEST_PAUSE_MS = 60_000;

/** So many processes may wait for one account; each has no more than one place that is not free yet. */
const MOST_PROCESSES = 1_000;

/** For as long as all places are locked: others are taking them, which is a matter of milliseconds. */
const LOCKED_MS = 5;

/**
 * Anrok's limit over all processes, as rows of the database that they share. A request takes the place that is free
 * first, and makes it free again a window later: never more than so many starts in any window. Locked places are passed
 * over, so that nobody waits for a lock.
 *
 * What lies further ahead than it can was written before the database's clock was set back, and counts as past: else all
 * would wait for as long as the clock was ahead.
 */
export class PostgresPlaceStore implements PlaceStore {
  private readonly prepared = new Set<string>();
  private readonly requestsPerSecond: number;
  private readonly places: number;
  private readonly windowMs: number;
  private readonly now: string;
  private readonly longestQueueMs: number;

  constructor(
    private readonly em: EntityManager,
    { requestsPerSecond, jitterMarginMs = 25, clock = 'clock_timestamp()' }: PostgresPlaceStoreOptions,
  ) {
    this.requestsPerSecond = requestsPerSecond;
    this.places = Math.min(requestsPerSecond, MOST_PLACES);
    this.windowMs = Math.ceil(((1_000 + jitterMarginMs) * this.places) / requestsPerSecond);
    this.longestQueueMs = LONGEST_PAUSE_MS + this.windowMs * (Math.ceil(MOST_PROCESSES / this.places) + 1);
    this.now = `(extract(epoch from ${clock}) * 1000)::bigint`;
  }

  async take(key: string, atMost: number, isSpread = false): Promise<readonly number[]> {
    await this.prepare(key);
    const spreadMs = isSpread && this.windowMs >= SHORTEST_SPREAD_MS ? Math.floor(this.windowMs / this.places) : 0;
    const free = spreadMs > 0 ? [] : await this.takeNext(key, `${this.freeAt()} <= ${this.now}`, atMost, 0);
    if (free.length > 0) return free;
    const next = await this.takeNext(key, 'true', 1, spreadMs);
    if (next.length > 0) return next;
    // or else they are gone
    this.prepared.delete(key);
    await new Promise((resolve) => setTimeout(resolve, LOCKED_MS));
    return this.take(key, atMost, isSpread);
  }

  /** For a minute at most. */
  async pause(key: string, forMs: number): Promise<void> {
    await this.prepare(key);
    const paused = await this.execute(
      `update anrok_rate_place set paused_until = greatest(${this.pausedUntil()}, ${this.now} + ?::bigint)
       where seller = ? and place = 0 returning place`,
      [Math.ceil(Math.min(forMs, LONGEST_PAUSE_MS)), key],
    );
    if (paused.length > 0) return;
    this.prepared.delete(key);
    await this.pause(key, forMs);
  }

  async usage(key: string): Promise<PlaceUsage> {
    const [row] = await this.execute<{ taken: string; paused: string | null }>(
      `select count(*) filter (where ${this.freeAt()} > ${this.now}) as taken,
         max(${this.pausedUntil()}) - ${this.now} as paused
       from anrok_rate_place where seller = ? and place < ?::int`,
      [key, this.places],
    );
    // of a higher limit, places stand for more than one request
    const taken = Math.round((Number(row!.taken) * this.requestsPerSecond) / this.places);
    return { limit: this.requestsPerSecond, taken, pausedForMs: Math.max(0, Number(row!.paused ?? 0)) };
  }

  /**
   * Makes the places of a seller account that is new to this process, or whose places are gone: they don't outlive a
   * crash of PostgreSQL. Should it be back within a window, Anrok may say 429 once, and is waited for.
   */
  private async prepare(key: string): Promise<void> {
    if (this.prepared.has(key)) return;
    await this.execute(
      `insert into anrok_rate_place (seller, place, free_at, paused_until)
       select ?, place, 0, 0 from generate_series(0, ?::int - 1) place on conflict do nothing`,
      [key, this.places],
    );
    this.prepared.add(key);
  }

  private async takeNext(key: string, condition: string, atMost: number, spreadMs: number): Promise<readonly number[]> {
    const places = 'anrok_rate_place where seller = ? and place';
    // who takes at the same time doesn't see the other: two may start together, which does no harm
    const spread =
      spreadMs > 0 ? `(select max(${this.freeAt()}) - ${this.windowMs - spreadMs} from ${places} < ?::int)` : '0';
    const pause = `(select ${this.pausedUntil()} from ${places} = 0)`;
    const taken = await executePrepared<{ ms: string }>(
      this.em as SqlEntityManager,
      `with next as materialized (
         select place, ${this.now} as now from ${places} < ?::int and ${condition}
         order by ${this.freeAt()} limit ?::int for update skip locked)
       update anrok_rate_place taken
       set free_at = ?::bigint + greatest(${this.freeAt('taken')}, next.now, ${pause}, ${spread}),
         paused_until = ${this.pausedUntil('taken')}
       from next where taken.seller = ? and taken.place = next.place
       returning taken.free_at - ?::bigint - next.now as ms`,
      [key, this.places, atMost, this.windowMs, key, ...(spreadMs > 0 ? [key, this.places] : []), key, this.windowMs],
    );
    return taken.map(({ ms }) => Number(ms)).toSorted((a, b) => a - b);
  }

  private freeAt(place = 'anrok_rate_place'): string {
    return this.unlessPast(`${place}.free_at`, this.longestQueueMs);
  }

  private pausedUntil(place = 'anrok_rate_place'): string {
    return this.unlessPast(`${place}.paused_until`, LONGEST_PAUSE_MS);
  }

  private unlessPast(time: string, atMostMs: number): string {
    return `(case when ${time} <= ${this.now} + ${atMostMs} then ${time} else 0 end)`;
  }

  private execute<Row>(sql: string, parameters: readonly unknown[]): Promise<Row[]> {
    return (this.em as SqlEntityManager).getConnection().execute<Row[]>(sql, [...parameters]);
  }
}

import { toLoggable } from '@anrok-nest/tax';
import { EntityManager } from '@mikro-orm/core';
import { BasePostgreSqlPlatform, type SqlEntityManager } from '@mikro-orm/sql';
import { type BeforeApplicationShutdown, Injectable, Logger } from '@nestjs/common';
import { Clock } from '../clock.js';
import type { PostgresPool } from '../postgres-pool.js';
import { WakeUpEcho } from './wake-up.echo.js';

const CHANNEL = 'anrok_tax_due';

/** Pause before listening again after the connection was lost. */
const RECONNECT_MS = 5_000;

/** Pause between two looks whether it still hears. */
const CHECK_MS = 60_000;

/** What there may be to do. */
export type WakeUpTopic = 'documents' | 'resyncs';

/**
 * Between processes, over PostgreSQL's LISTEN and NOTIFY; on other databases nobody hears anything. What gets lost costs
 * latency, never work: workers also look by themselves.
 */
@Injectable()
export class WakeUpChannel implements BeforeApplicationShutdown {
  private readonly log = new Logger(WakeUpChannel.name);
  private readonly closing = new AbortController();
  private readonly telling = new Set<Promise<void>>();
  private readonly listeners = new Map<WakeUpTopic, () => void>();
  private listening: Promise<void> | undefined;
  private isHearing = false;
  private isWarned = false;

  constructor(
    private readonly em: EntityManager,
    private readonly clock: Clock,
  ) {}

  /** Whether this process is told of work as soon as it is committed elsewhere. */
  get hears(): boolean {
    return this.isHearing;
  }

  /** Resolves when it is told, or could not be. */
  tell(topic: WakeUpTopic = 'documents'): Promise<void> {
    if (!this.hasPostgres()) return Promise.resolve();
    const told = this.connection()
      .execute(toldTo(topic))
      .then(() => {})
      .catch((error: unknown) => this.warn('Other processes were not told of work', error))
      .finally(() => this.telling.delete(told));
    this.telling.add(told);
    return told;
  }

  /** Tells of it when this transaction commits, and not when it rolls back: this process too, where it listens. */
  async tellAtCommit(em: SqlEntityManager, topic: WakeUpTopic): Promise<void> {
    if (this.hasPostgres()) await em.execute(toldTo(topic));
  }

  /** Keeps a connection of the pool, one for all topics. Calls once it listens too, for what was missed before. */
  listen(listener: () => void, topic: WakeUpTopic = 'documents'): void {
    this.listeners.set(topic, listener);
    if (this.isHearing) listener();
    else if (this.hasPostgres()) this.listening ??= this.keepListening();
  }

  /** Before the shutdown proper, in which MikroORM waits for all connections to come back. */
  async beforeApplicationShutdown(): Promise<void> {
    this.closing.abort();
    await this.listening;
    await Promise.all(this.telling);
  }

  private async keepListening(): Promise<void> {
    const { signal } = this.closing;
    while (!signal.aborted) {
      try {
        await this.listenUntilTheEnd();
      } catch (error) {
        // once, not every few seconds
        if (!this.isWarned) this.warn('Not told of work by other processes', error);
        this.isWarned = true;
      }
      await this.pause(RECONNECT_MS, signal);
    }
  }

  /** @throws Error where nothing can be heard */
  private async listenUntilTheEnd(): Promise<void> {
    const pool = (await this.connection().getNativeClient()) as PostgresPool;
    const connection = await pool.connect();
    const over = new AbortController();
    const end = () => over.abort();
    connection.once('end', end);
    this.closing.signal.addEventListener('abort', end);
    if (this.closing.signal.aborted) end();
    try {
      const echo = new WakeUpEcho(this.clock);
      connection.on('notification', ({ payload }) => {
        echo.heard(payload);
        this.listeners.get(payload as WakeUpTopic)?.();
      });
      await connection.query(`listen ${CHANNEL}`);
      while (await echo.comesBack((topic) => connection.query(toldTo(topic)), over.signal)) {
        this.nowHears();
        await this.pause(CHECK_MS, over.signal);
        if (over.signal.aborted) return;
      }
      if (!over.signal.aborted) throw new Error(DEAF);
    } finally {
      this.isHearing = false;
      this.closing.signal.removeEventListener('abort', end);
      connection.release(true);
    }
  }

  private nowHears(): void {
    if (this.isHearing) return;
    this.isHearing = true;
    this.isWarned = false;
    for (const listener of this.listeners.values()) listener();
  }

  /** @param signal ends it early */
  private async pause(ms: number, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    const end = () => resolve();
    const cancel = this.clock.after(ms, end);
    signal.addEventListener('abort', end);
    await promise;
    cancel();
    signal.removeEventListener('abort', end);
  }

  private warn(message: string, error: unknown): void {
    const { stack, ...what } = toLoggable(error);
    this.log.warn(message, what, stack);
  }

  private hasPostgres(): boolean {
    return this.em.getPlatform() instanceof BasePostgreSqlPlatform;
  }

  private connection() {
    return (this.em as SqlEntityManager).getConnection();
  }
}

const DEAF =
  'What is told by NOTIFY does not arrive here: LISTEN takes a connection to PostgreSQL itself, not to a pooler that ' +
  'hands out another one for each transaction. Workers look for work by themselves meanwhile.';

function toldTo(topic: string): string {
  return `select pg_notify('${CHANNEL}', '${topic}')`;
}

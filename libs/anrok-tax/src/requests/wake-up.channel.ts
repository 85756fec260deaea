import { toLoggable } from '@anrok-nest/tax';
import { EntityManager } from '@mikro-orm/core';
import { BasePostgreSqlPlatform, type SqlEntityManager } from '@mikro-orm/sql';
import { type BeforeApplicationShutdown, Injectable, Logger } from '@nestjs/common';
import { Clock } from '../clock.js';

const CHANNEL = 'anrok_tax_due';

/** Pause before listening again after the connection was lost. */
const RECONNECT_MS = 5_000;

/** What there may be to do. */
export type WakeUpTopic = 'documents' | 'resyncs';

/** What is used of a connection of `pg`, MikroORM's driver. */
interface PostgresClient {
  query(sql: string): Promise<unknown>;
  on(event: 'notification', listener: (message: { payload?: string }) => void): unknown;
  on(event: 'end', listener: () => void): unknown;
  release(destroy: boolean): void;
}

/**
 * Between processes, over PostgreSQL's LISTEN and NOTIFY; on other databases nobody hears anything. What gets lost costs
 * latency, never work: workers also look by themselves.
 */
@Injectable()
export class WakeUpChannel implements BeforeApplicationShutdown {
  private readonly log = new Logger(WakeUpChannel.name);
  private readonly closing = Promise.withResolvers<void>();
  private readonly telling = new Set<Promise<void>>();
  private readonly listeners = new Map<WakeUpTopic, () => void>();
  private listening: Promise<void> | undefined;
  private isClosed = false;
  private isHearing = false;

  constructor(
    private readonly em: EntityManager,
    private readonly clock: Clock,
  ) {}

  /** Whether this process is told of work as soon as it is committed elsewhere. */
  get hears(): boolean {
    return this.isHearing;
  }

  tell(topic: WakeUpTopic = 'documents'): void {
    if (!this.hasPostgres() || this.isClosed) return;
    const told = this.connection()
      .execute(`select pg_notify('${CHANNEL}', '${topic}')`)
      .then(() => {})
      .catch((error: unknown) => this.warn('Other processes were not told of work', error))
      .finally(() => this.telling.delete(told));
    this.telling.add(told);
  }

  /** Tells of it when this transaction commits, and not when it rolls back: this process too, where it listens. */
  async tellAtCommit(em: SqlEntityManager, topic: WakeUpTopic): Promise<void> {
    if (this.hasPostgres()) await em.execute(`select pg_notify('${CHANNEL}', '${topic}')`);
  }

  /** Keeps a connection of the pool, one for all topics. Calls once it listens too, for what was missed before. */
  listen(listener: () => void, topic: WakeUpTopic = 'documents'): void {
    this.listeners.set(topic, listener);
    if (this.isHearing) listener();
    else if (this.hasPostgres()) this.listening ??= this.keepListening();
  }

  /** Before the shutdown proper, in which MikroORM waits for all connections to come back. */
  async beforeApplicationShutdown(): Promise<void> {
    this.isClosed = true;
    this.closing.resolve();
    await this.listening;
    await Promise.all(this.telling);
  }

  private async keepListening(): Promise<void> {
    while (!this.isClosed) {
      try {
        await this.untilTheEnd();
      } catch (error) {
        this.warn('Not told of work by other processes', error);
      }
      if (!this.isClosed) await this.pause();
    }
  }

  private async untilTheEnd(): Promise<void> {
    const pool = (await this.connection().getNativeClient()) as { connect(): Promise<PostgresClient> };
    const client = await pool.connect();
    try {
      const ended = new Promise<void>((resolve) => client.on('end', resolve));
      client.on('notification', ({ payload }) => this.listeners.get(payload as WakeUpTopic)?.());
      await client.query(`listen ${CHANNEL}`);
      this.isHearing = true;
      for (const listener of this.listeners.values()) listener();
      await Promise.race([ended, this.closing.promise]);
    } finally {
      this.isHearing = false;
      client.release(true);
    }
  }

  private async pause(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const cancel = this.clock.after(RECONNECT_MS, resolve);
    await Promise.race([promise, this.closing.promise]);
    cancel();
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

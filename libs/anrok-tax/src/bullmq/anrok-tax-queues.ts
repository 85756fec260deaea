import { toLoggable } from '@anrok-nest/tax';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { Queue } from 'bullmq';
import { Redis } from 'ioredis';
import { ConnectionService } from '../settings/connection.service.js';
import { BULL_OPTIONS } from './anrok-tax-bull.module-definition.js';
import type { AnrokTaxBullOptions } from './anrok-tax-bull.options.js';
import type { DueDocument } from '../sync/sync-dispatch.js';
import { queueName, type SyncJobData, type SyncJobResult, toJob } from './sync-job.js';

export type SyncQueue = Queue<SyncJobData, SyncJobResult>;

/** Milliseconds after which Redis counts as away. */
export const ANSWER_WITHIN_MS = 5_000;

/** Between two tries to reach it again. */
export const reconnectAfterMs = (tries: number) => Math.min(100 * tries, 2_000);

/**
 * The queues, one for each connection: so a connection that is slow, or at its limit, holds up no other. Made when they
 * are wanted first, on one connection to Redis.
 */
@Injectable()
export class AnrokTaxQueues {
  private readonly log = new Logger(AnrokTaxQueues.name);
  private readonly open = new Map<string, SyncQueue>();
  private readonly redis: Redis;
  private connecting: Promise<void> | undefined;

  constructor(
    @Inject(BULL_OPTIONS) private readonly options: AnrokTaxBullOptions,
    private readonly connections: ConnectionService,
  ) {
    const { url, ...connection } = options.connection;
    const failFast = {
      ...connection,
      lazyConnect: true,
      enableOfflineQueue: false,
      autoResendUnfulfilledCommands: false,
      maxRetriesPerRequest: 0,
      commandTimeout: ANSWER_WITHIN_MS,
      retryStrategy: reconnectAfterMs,
    };
    this.redis = url ? new Redis(url, failFast) : new Redis(failFast);
    this.redis.on('error', (error: unknown) => this.log.debug('Redis could not be reached', toLoggable(error)));
  }

  /** Of all connections that there are now: for a dashboard such as bull-board. */
  async queues(): Promise<SyncQueue[]> {
    const connections = await this.connections.list();
    return connections.map(({ code }) => this.of(code));
  }

  /** Fails at once while Redis is away: what is added here is added again. */
  async add(connection: string, due: readonly DueDocument[]): Promise<void> {
    await this.connect();
    if (!this.isReady) throw new Error('Redis is away');
    await this.of(connection).addBulk(due.map(toJob));
  }

  get isReady(): boolean {
    return this.redis.status === 'ready';
  }

  async close(): Promise<void> {
    await Promise.all([...this.open.values()].map((queue) => queue.close()));
    this.redis.disconnect();
  }

  private of(connection: string): SyncQueue {
    void this.connect();
    const existing = this.open.get(connection);
    if (existing) return existing;
    const { prefix } = this.options;
    const queue: SyncQueue = new Queue(queueName(connection), {
      connection: this.redis,
      // a check that failed, as Redis just then went away, would be the end of the queue; the workers' are tried again
      skipVersionCheck: true,
      ...(prefix && { prefix }),
    });
    queue.on('error', (error) => this.log.debug('Redis did not answer', toLoggable(error)));
    this.open.set(connection, queue);
    return queue;
  }

  /** Resolves when that went well or not, once: from then on it reconnects by itself. */
  connect(): Promise<void> {
    this.connecting ??= this.redis.connect().catch(() => {});
    return this.connecting;
  }
}

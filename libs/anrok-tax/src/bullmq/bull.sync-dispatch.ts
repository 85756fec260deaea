import { setTimeout } from 'node:timers/promises';
import { toLoggable } from '@anrok-nest/tax';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { Worker } from 'bullmq';
import { type DueDocument, type Serving, SyncDispatch } from '../sync/sync-dispatch.js';
import { BULL_OPTIONS } from './anrok-tax-bull.module-definition.js';
import type { AnrokTaxBullOptions } from './anrok-tax-bull.options.js';
import { ANSWER_WITHIN_MS, AnrokTaxQueues, reconnectAfterMs } from './anrok-tax-queues.js';
import { queueName, recordIdIn, type SyncJobData, type SyncJobResult } from './sync-job.js';

/** Of a timer that keeps no process alive. */
const unheld = { ref: false };

type SyncJobWorker = Worker<SyncJobData, SyncJobResult>;

/** Due documents as jobs: a queue for each connection, and in every process that works a worker for each of them. */
@Injectable()
export class BullSyncDispatch extends SyncDispatch {
  private readonly log = new Logger(BullSyncDispatch.name);
  private readonly workers = new Map<string, SyncJobWorker>();
  private readonly closing = new Set<Promise<void>>();

  constructor(
    @Inject(BULL_OPTIONS) private readonly options: AnrokTaxBullOptions,
    private readonly queues: AnrokTaxQueues,
  ) {
    super();
  }

  override async handOn(due: readonly DueDocument[]): Promise<void> {
    const byConnection = Map.groupBy(due, ({ connection }) => connection);
    for (const [connection, documents] of byConnection) await this.queues.add(connection, documents);
  }

  override serve(connections: readonly string[], serving: Serving): void {
    for (const [connection, worker] of this.workers)
      if (!connections.includes(connection)) this.dismiss(connection, worker);
    for (const connection of connections)
      if (!this.workers.has(connection)) this.workers.set(connection, this.hire(connection, serving));
  }

  override async stopServing(): Promise<void> {
    for (const [connection, worker] of this.workers) this.dismiss(connection, worker);
    await Promise.all(this.closing);
  }

  override close(): Promise<void> {
    return this.queues.close();
  }

  private hire(connection: string, { concurrency, work }: Serving): SyncJobWorker {
    void this.queues.connect();
    const perform = async ({ data }: { readonly data: SyncJobData }): Promise<SyncJobResult> => {
      const recordId = recordIdIn(data);
      return recordId === undefined ? { result: 'not_due' } : work(recordId);
    };
    const worker: SyncJobWorker = new Worker(queueName(connection), perform, {
      connection: { ...this.options.connection, maxRetriesPerRequest: null, retryStrategy: reconnectAfterMs },
      ...(this.options.prefix && { prefix: this.options.prefix }),
      concurrency,
    });
    worker.on('error', (error) => this.log.debug('Redis could not be reached', toLoggable(error)));
    return worker;
  }

  private dismiss(connection: string, worker: SyncJobWorker): void {
    this.workers.delete(connection);
    // while Redis is away nobody can be told that a job is done, and BullMQ would try for ever
    const closed = Promise.race([worker.close(!this.queues.isReady), setTimeout(ANSWER_WITHIN_MS, undefined, unheld)])
      .catch((error: unknown) => this.log.warn('A worker did not close', toLoggable(error)))
      .finally(() => this.closing.delete(closed));
    this.closing.add(closed);
  }
}

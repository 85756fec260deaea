// An entry point of its own: hosts without bullmq and ioredis must be able to do without them.
export { AnrokTaxBullModule } from './anrok-tax-bull.module.js';
export type { AnrokTaxBullOptions } from './anrok-tax-bull.options.js';
export { AnrokTaxQueues, type SyncQueue } from './anrok-tax-queues.js';
export type { SyncJobData, SyncJobResult } from './sync-job.js';

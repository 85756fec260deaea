import { Module } from '@nestjs/common';
import { SyncDispatch } from '../sync/sync-dispatch.js';
import { ConfigurableModuleClass } from './anrok-tax-bull.module-definition.js';
import { AnrokTaxQueues } from './anrok-tax-queues.js';
import { BullSyncDispatch } from './bull.sync-dispatch.js';

/**
 * Has documents that are due go to the workers over BullMQ. Beside AnrokTaxModule, which has to be global:
 *
 * ```ts
 * imports: [AnrokTaxModule.forRoot({ … }), AnrokTaxBullModule.forRoot({ connection: { url: 'redis://localhost:6379' } })]
 * ```
 *
 * What is to be done stays in the database, and Redis may be away, lose everything, or be told of things twice.
 */
@Module({
  providers: [AnrokTaxQueues, { provide: SyncDispatch, useClass: BullSyncDispatch }],
  exports: [AnrokTaxQueues, SyncDispatch],
})
export class AnrokTaxBullModule extends ConfigurableModuleClass {}

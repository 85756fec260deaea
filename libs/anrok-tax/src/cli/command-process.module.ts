import { type DynamicModule, Module, type OnApplicationBootstrap, Optional } from '@nestjs/common';
import { SchedulerRegistry } from '@nestjs/schedule';
import { WORKER_OFF } from '../options/worker-off.js';
import type { RootModule } from './host-module.js';

/** A host in a process that carries out a command: it works off no documents, and nothing is started on schedule. */
@Module({})
export class CommandProcessModule implements OnApplicationBootstrap {
  static around(host: RootModule): DynamicModule {
    return {
      module: CommandProcessModule,
      global: true,
      imports: [host],
      providers: [{ provide: WORKER_OFF, useValue: true }],
      exports: [WORKER_OFF],
    };
  }

  constructor(@Optional() private readonly scheduler?: SchedulerRegistry) {}

  /** The root module's hook comes last: whatever was to be scheduled is by now, and nothing has ticked yet. */
  onApplicationBootstrap(): void {
    const { scheduler } = this;
    if (!scheduler) return;
    for (const name of scheduler.getCronJobs().keys()) scheduler.deleteCronJob(name);
    for (const name of scheduler.getIntervals()) scheduler.deleteInterval(name);
    for (const name of scheduler.getTimeouts()) scheduler.deleteTimeout(name);
  }
}

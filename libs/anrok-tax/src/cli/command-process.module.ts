import { type DynamicModule, type INestApplicationContext, Module } from '@nestjs/common';
import { SchedulerRegistry } from '@nestjs/schedule';
import { WORKER_OFF } from '../options/worker-off.js';
import type { RootModule } from './host-module.js';

/** A host in a process that carries out a command: it works off no documents. */
@Module({})
export class CommandProcessModule {
  static around(host: RootModule): DynamicModule {
    return {
      module: CommandProcessModule,
      global: true,
      imports: [host],
      providers: [{ provide: WORKER_OFF, useValue: true }],
      exports: [WORKER_OFF],
    };
  }
}

/** Takes everything off the schedule of a host that has just started. No hook could: a global module's come first. */
export function unschedule(app: INestApplicationContext): void {
  const scheduler = schedulerOf(app);
  if (!scheduler) return;
  for (const name of scheduler.getCronJobs().keys()) scheduler.deleteCronJob(name);
  for (const name of scheduler.getIntervals()) scheduler.deleteInterval(name);
  for (const name of scheduler.getTimeouts()) scheduler.deleteTimeout(name);
}

function schedulerOf(app: INestApplicationContext): SchedulerRegistry | undefined {
  try {
    return app.get(SchedulerRegistry, { strict: false });
  } catch {
    // a host without ScheduleModule
    return undefined;
  }
}

import { toLoggable } from '@anrok-nest/tax';
import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleInit, Optional } from '@nestjs/common';
import { SchedulerRegistry } from '@nestjs/schedule';
import { CronJob } from 'cron';
import { Clock } from '../clock.js';
import { AnrokTaxConfigurationError } from '../options/configuration.error.js';
import { AnrokTaxOptions } from '../options/resolve-options.js';
import { ResyncAlreadyRunningError } from './resync.error.js';
import { ResyncService } from './resync.service.js';
import { scheduledInstant } from './scheduled-instant.js';

/** Its name among the cron jobs of the host's SchedulerRegistry. */
export const RESYNC_JOB = 'anrok-resync';

/**
 * Starts the resync on schedule, in processes that work. The scheduler is the host's: with a second one, Nest would run
 * the host's own jobs twice.
 */
@Injectable()
export class ResyncSchedule implements OnModuleInit, OnApplicationBootstrap {
  private readonly log = new Logger(ResyncSchedule.name);

  constructor(
    private readonly clock: Clock,
    private readonly options: AnrokTaxOptions,
    private readonly resync: ResyncService,
    @Optional() private readonly scheduler?: SchedulerRegistry,
  ) {}

  onModuleInit(): void {
    if (this.options.resync.cron !== null && this.options.worker.enabled && !this.scheduler)
      throw new AnrokTaxConfigurationError([
        'resync.cron needs a scheduler: import ScheduleModule.forRoot() in your root module, or set resync.cron to null.',
      ]);
  }

  onApplicationBootstrap(): void {
    const { cron, timeZone } = this.options.resync;
    if (cron === null || !this.options.worker.enabled || !this.scheduler) return;
    const onTick = () => this.start(scheduledInstant(cron, timeZone, this.clock.now()));
    const job = CronJob.from({ cronTime: cron, timeZone, onTick, waitForCompletion: true, start: true });
    this.scheduler.addCronJob(RESYNC_JOB, job);
  }

  private async start(instant: Date): Promise<void> {
    try {
      await this.resync.startScheduled(instant);
    } catch (error) {
      const { stack, ...what } = toLoggable(error);
      if (error instanceof ResyncAlreadyRunningError) this.log.warn('The scheduled resync is left out: one is running');
      else this.log.error('The scheduled resync could not be started', what, stack);
    }
  }
}

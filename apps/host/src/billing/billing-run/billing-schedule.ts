import { type BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import { Cron } from '@nestjs/schedule';
import { BillingRunService } from './billing-run.service.js';

/** Bills every day by itself: every hour, because it is midnight somewhere. */
@Injectable()
export class BillingSchedule implements BeforeApplicationShutdown {
  private running: Promise<unknown> = Promise.resolve();

  constructor(private readonly billing: BillingRunService) {}

  @Cron('0 5 * * * *', { name: 'billing', waitForCompletion: true })
  async bill(): Promise<void> {
    this.running = this.billing.run();
    await this.running;
  }

  /** Before the shutdown proper, in which MikroORM closes the database. */
  async beforeApplicationShutdown(): Promise<void> {
    await Promise.allSettled([this.running]);
  }
}

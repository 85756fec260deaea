import { type BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import { Cron } from '@nestjs/schedule';
import { WalletRefresher } from './wallet.refresher.js';

/** Refreshes by itself the wallets that are due. */
@Injectable()
export class WalletSchedule implements BeforeApplicationShutdown {
  private running: Promise<unknown> = Promise.resolve();

  constructor(private readonly wallets: WalletRefresher) {}

  @Cron('30 * * * * *', { name: 'wallets', waitForCompletion: true })
  async refresh(): Promise<void> {
    this.running = this.wallets.refreshDue();
    await this.running;
  }

  /** Before the shutdown proper, in which MikroORM closes the database. */
  async beforeApplicationShutdown(): Promise<void> {
    await Promise.allSettled([this.running]);
  }
}

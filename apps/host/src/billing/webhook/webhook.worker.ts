import { toLoggable } from '@anrok-nest/tax';
import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { WebhookDispatcher } from './webhook.dispatcher.js';
import { WEBHOOK_OPTIONS, type WebhookOptions } from './webhook.options.js';
import { WebhookRetention } from './webhook.retention.js';

const HOUR_MS = 3_600_000;

/** Has the dispatcher look for what is due every now and then, and forgets the past every hour. */
@Injectable()
export class WebhookWorker implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly log = new Logger(WebhookWorker.name);
  private readonly timers: NodeJS.Timeout[] = [];
  private sweeping: Promise<void> | undefined;

  constructor(
    private readonly dispatcher: WebhookDispatcher,
    private readonly retention: WebhookRetention,
    @Inject(WEBHOOK_OPTIONS) private readonly options: WebhookOptions,
  ) {}

  onApplicationBootstrap(): void {
    if (!this.options.worker) return;
    this.timers.push(
      setInterval(() => void this.dispatcher.look(), this.options.pollIntervalMs ?? 1_000),
      setInterval(() => {
        this.sweeping = this.sweep();
      }, HOUR_MS),
    );
  }

  /** Before the shutdown proper, in which MikroORM closes the database. */
  async beforeApplicationShutdown(): Promise<void> {
    for (const timer of this.timers) clearInterval(timer);
    await this.dispatcher.stop();
    await this.sweeping;
  }

  private async sweep(): Promise<void> {
    try {
      await this.retention.sweep();
    } catch (error) {
      const { stack, ...what } = toLoggable(error);
      this.log.error('Old webhooks could not be deleted', what, stack);
    }
  }
}

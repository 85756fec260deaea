import { AsyncResource } from 'node:async_hooks';
import { Injectable } from '@nestjs/common';
import { WakeUpChannel } from './wake-up.channel.js';

/**
 * Tells a worker that there is work: that of this process, or where it has none, those of others. Losing a call costs
 * latency, never work: workers also look by themselves.
 */
@Injectable()
export class WakeUp {
  private listener: (() => void) | undefined;

  constructor(private readonly channel: WakeUpChannel) {}

  ring(): void {
    if (this.listener) this.listener();
    else this.channel.tell();
  }

  /**
   * One worker per process listens. It is called as if from here: whoever rings has just committed a transaction, which
   * would otherwise travel along to the worker as the one that is open.
   */
  onRing(listener: () => void): void {
    this.listener = AsyncResource.bind(listener);
    this.channel.listen(this.listener);
  }

  /** Whether other processes ring here too. */
  get isShared(): boolean {
    return this.channel.hears;
  }
}

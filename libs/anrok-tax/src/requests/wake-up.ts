import { AsyncResource } from 'node:async_hooks';

/**
 * Tells the worker of this process that there is work. Losing one costs latency, never work: the worker also looks by
 * itself.
 */
export class WakeUp {
  private listener: () => void = () => {};

  ring(): void {
    this.listener();
  }

  /**
   * One worker per process listens. It is called as if from here: whoever rings has just committed a transaction, which
   * would otherwise travel along to the worker as the one that is open.
   */
  onRing(listener: () => void): void {
    this.listener = AsyncResource.bind(listener);
  }
}

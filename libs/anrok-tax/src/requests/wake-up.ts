import { AsyncResource } from 'node:async_hooks';
import type { TaxDocumentReference } from '@anrok-nest/tax';
import { Injectable } from '@nestjs/common';
import { WakeUpChannel } from './wake-up.channel.js';

/**
 * Tells a worker that there is work: that of this process, or where it has none, those of others. Losing a call costs
 * latency, never work: workers also look by themselves.
 */
@Injectable()
export class WakeUp {
  private listener: (() => void) | undefined;
  private handOn: ((documents: readonly TaxDocumentReference[]) => void) | undefined;

  constructor(private readonly channel: WakeUpChannel) {}

  /** @param documents that are due now, where it is known which these are */
  ring(documents?: readonly TaxDocumentReference[]): void {
    if (documents && this.handOn) this.handOn(documents);
    else if (this.listener) this.listener();
    else void this.channel.tell();
  }

  /**
   * One worker per process listens. It is called as if from here: whoever rings has just committed a transaction, which
   * would otherwise travel along to the worker as the one that is open.
   */
  onRing(listener: () => void): void {
    this.listener = AsyncResource.bind(listener);
    this.channel.listen(this.listener);
  }

  /** Whoever hands single documents on is told which they are, in the place of the workers. As if from here, too. */
  onDocuments(handOn: (documents: readonly TaxDocumentReference[]) => void): void {
    this.handOn = AsyncResource.bind(handOn);
  }

  /** Tells other processes, whether this one works or not. Resolves when they are told, or could not be. */
  ringOthers(): Promise<void> {
    return this.channel.tell();
  }

  /** From here on only others are told of work: this process takes up none any more, and may have left some. */
  async giveUp(): Promise<void> {
    this.listener = undefined;
    this.handOn = undefined;
    await this.ringOthers();
  }

  /** Whether other processes ring here too. */
  get isShared(): boolean {
    return this.channel.hears;
  }
}

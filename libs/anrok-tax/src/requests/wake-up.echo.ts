import { v7 as uuidv7 } from 'uuid';
import type { Clock } from '../clock.js';

/** For so long, what is told may be on its way. */
const PATIENCE_MS = 10_000;

/**
 * Whether what is told is heard here: behind a pooler that hands out another connection for each transaction, or on a
 * connection of which only this end is left, nothing arrives, and nothing says so.
 */
export class WakeUpEcho {
  private readonly topic = `echo ${uuidv7()}`;
  private hear = () => {};

  constructor(private readonly clock: Clock) {}

  /**
   * @param tell has it told to everybody, this process too. What it throws is thrown
   * @param signal ends the waiting, as if nothing had come
   */
  async comesBack(tell: (topic: string) => Promise<unknown>, signal: AbortSignal): Promise<boolean> {
    const { promise, resolve, reject } = Promise.withResolvers<boolean>();
    const giveUp = () => resolve(false);
    this.hear = () => resolve(true);
    const cancel = this.clock.after(PATIENCE_MS, giveUp);
    signal.addEventListener('abort', giveUp);
    tell(this.topic).catch(reject);
    try {
      return await promise;
    } finally {
      cancel();
      signal.removeEventListener('abort', giveUp);
    }
  }

  /** To be called with all that is heard. */
  heard(topic: string | undefined): void {
    if (topic === this.topic) this.hear();
  }
}

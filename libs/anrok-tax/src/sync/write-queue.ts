import { AsyncResource } from 'node:async_hooks';
import type { Clock } from '../clock.js';

/** A write that takes longer keeps no others waiting: they begin beside it. */
const PATIENCE_MS = 100;

/** What is written one by one: some at a time, so that what waits for a lock keeps none from the others. */
const MOST_BESIDE_EACH_OTHER = 4;

/** So that no statement grows without end. */
const MOST_TOGETHER = 100;

interface Waiting<Item> {
  readonly item: Item;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Has written together what came while something was being written: under load many share a transaction, and alone none
 * waits for company. What can't be written together is written one by one, so that each fails for itself.
 */
export class WriteQueue<Item> {
  private readonly waiting: Waiting<Item>[] = [];
  private isBusy = false;
  /** As if from here: whoever comes first lends his own context to nobody else's item. */
  private readonly begin = AsyncResource.bind(() => void this.writeNext());

  /** @param write all or nothing of these */
  constructor(
    private readonly clock: Clock,
    private readonly write: (items: readonly Item[]) => Promise<void>,
  ) {}

  /** Resolves when it is written. Rejects with whatever kept it from that. */
  add(item: Item): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.waiting.push({ item, resolve, reject });
    if (!this.isBusy) {
      this.isBusy = true;
      // what ends in the same turn goes together
      setImmediate(this.begin);
    }
    return promise;
  }

  private async writeNext(): Promise<void> {
    const together = this.waiting.splice(0, MOST_TOGETHER);
    let isLate = false;
    const goOn = () => {
      this.isBusy = this.waiting.length > 0;
      if (this.isBusy) this.begin();
    };
    const cancel = this.clock.after(PATIENCE_MS, () => {
      isLate = true;
      goOn();
    });
    await this.settle(together);
    cancel();
    if (!isLate) goOn();
  }

  private async settle(together: readonly Waiting<Item>[]): Promise<void> {
    try {
      await this.write(together.map(({ item }) => item));
    } catch (error) {
      if (together.length === 1) together[0]!.reject(error);
      else await this.settleOneByOne(together);
      return;
    }
    for (const { resolve } of together) resolve();
  }

  private async settleOneByOne(together: readonly Waiting<Item>[]): Promise<void> {
    const left = together.values();
    const settleSome = async () => {
      for (const one of left) await this.settle([one]);
    };
    await Promise.all(Array.from({ length: MOST_BESIDE_EACH_OTHER }, settleSome));
  }
}

import type { Lane } from './rate-limiter.js';

const BY_PRIORITY: readonly Lane[] = ['interactive', 'record', 'bulk'];

/** Below four places there would be no majority left for the first lane. */
const SMALLEST_SHARE = 4;

/**
 * Who is next: lanes by priority, first come first served within a lane, and no lane starves: while a lane waits, at
 * least one of any `share` places in a row is its own.
 */
export class LaneQueue<Waiter> {
  readonly #lanes = BY_PRIORITY.map((name) => ({ name, waiting: new Set<Waiter>(), passedOver: 0 }));
  readonly #starvingFrom: number;

  /** @param share of so many places in a row, each waiting lane gets one; at least 4 */
  constructor(share: number) {
    // Two lanes can starve at once (whichever was served last doesn't): two places of the share are kept for them.
    this.#starvingFrom = Math.max(share, SMALLEST_SHARE) - 2;
  }

  get isEmpty(): boolean {
    return this.#lanes.every((lane) => lane.waiting.size === 0);
  }

  get size(): number {
    return this.#lanes.reduce((sum, lane) => sum + lane.waiting.size, 0);
  }

  isWaiting(lane: Lane): boolean {
    return this.#named(lane).waiting.size > 0;
  }

  add(lane: Lane, waiter: Waiter): void {
    this.#named(lane).waiting.add(waiter);
  }

  remove(lane: Lane, waiter: Waiter): void {
    const { waiting } = this.#named(lane);
    waiting.delete(waiter);
    if (waiting.size === 0) this.#named(lane).passedOver = 0;
  }

  /** Takes the next one out; undefined when nobody waits. */
  take(): Waiter | undefined {
    const waiting = this.#lanes.filter((lane) => lane.waiting.size > 0);
    const [hungriest] = waiting.toSorted((a, b) => b.passedOver - a.passedOver);
    const next = hungriest && hungriest.passedOver >= this.#starvingFrom ? hungriest : waiting[0];
    if (!next) return undefined;

    for (const lane of waiting) lane.passedOver = lane === next ? 0 : lane.passedOver + 1;
    const [first] = next.waiting;
    this.remove(next.name, first!);
    return first;
  }

  #named(lane: Lane) {
    return this.#lanes.find(({ name }) => name === lane)!;
  }
}

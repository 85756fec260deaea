import { Clock } from '../clock.js';

/** A clock that stands still until it is told otherwise. */
export class ManualClock extends Clock {
  private timers: { at: number; run: () => void }[] = [];

  constructor(private time = new Date('2026-03-15T12:00:00Z')) {
    super();
  }

  now(): Date {
    return new Date(this.time);
  }

  after(ms: number, run: () => void): () => void {
    const timer = { at: this.time.getTime() + ms, run };
    this.timers.push(timer);
    return () => {
      this.timers = this.timers.filter((other) => other !== timer);
    };
  }

  /** Moves on and rings what became due, in order. */
  advance(ms: number): void {
    const until = this.time.getTime() + ms;
    for (;;) {
      const next = this.timers.toSorted((a, b) => a.at - b.at).find((timer) => timer.at <= until);
      if (!next) break;
      this.timers = this.timers.filter((timer) => timer !== next);
      this.time = new Date(Math.max(next.at, this.time.getTime()));
      next.run();
    }
    this.time = new Date(until);
  }
}

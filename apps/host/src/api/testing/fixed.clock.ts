import { Clock } from '../../billing/index.js';

/** A clock that stands still until it is told otherwise. */
export class FixedClock extends Clock {
  constructor(private time = new Date('2026-03-15T12:00:00Z')) {
    super();
  }

  now(): Date {
    return this.time;
  }

  set(time: string): void {
    this.time = new Date(time);
  }
}

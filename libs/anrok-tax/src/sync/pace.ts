/** Up to so many times as many documents are worked on at a time while answers come at once. */
const MOST_TIMES = 4;

/** A document that was read longer ago than that has the more time to change before its tax is applied. */
const MOMENT_MS = 150;

/** The answers before the last weigh as much as so many. */
const REMEMBERED = 8;

/**
 * How many documents it is worth working on at a time. Where answers come at once, more of them share more statements;
 * where the answers are what takes the time, more of them would only wait for theirs, and have been read the longer ago.
 */
export class Pace {
  private averageMs = Infinity;

  /** @param least documents at a time, however slow the answers are */
  constructor(private readonly least: number) {}

  /** A document had its answer, or went without one, so long after it was begun. */
  took(ms: number): void {
    // the system's clock may be set back
    const answeredMs = Math.max(0, ms);
    const before = Number.isFinite(this.averageMs) ? this.averageMs : answeredMs;
    this.averageMs = before + (answeredMs - before) / REMEMBERED;
  }

  get places(): number {
    return Math.floor(this.least * (1 + Math.min(MOST_TIMES - 1, MOMENT_MS / this.averageMs)));
  }
}

/** The module's only source of time, so that tests can turn it. */
export abstract class Clock {
  abstract now(): Date;

  /** Runs something once, not before `ms` milliseconds have passed. Answers how to call it off. */
  abstract after(ms: number, run: () => void): () => void;
}

export class SystemClock extends Clock {
  now(): Date {
    return new Date();
  }

  after(ms: number, run: () => void): () => void {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  }
}

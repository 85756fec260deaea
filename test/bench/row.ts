import type { BenchDatabase, DatabaseKind } from './databases.ts';

/** One line of the table: one figure of ours against the same figure of somebody who does the same work. */
export interface Row {
  /** As it is chosen by on the command line: by its beginning. */
  readonly name: string;
  /** Of both figures: "ms", "calls/s". */
  readonly unit: string;
  /** What is measured. */
  readonly measures: string;
  /** Whose figure stands beside ours. */
  readonly against: string;
  readonly goal: Goal;
  /** Default: both. */
  readonly databases?: readonly DatabaseKind[];
  /** How often both are measured in turn. Default 5, with `--quick` 3. */
  readonly rounds?: number;
  /** Sets everything up, once for all rounds. */
  prepare(stage: Stage): Promise<Contest>;
}

/** Where a row is measured. */
export interface Stage {
  /** Empty: without tables. */
  readonly database: BenchDatabase;
  /** Whether a hint is enough and the figures may be rough. */
  readonly isQuick: boolean;
  /** What is to be closed when the row is done, or could not begin; the last one first. */
  after(close: () => Promise<unknown>): void;
  /** Tells whoever waits how far it is. */
  say(progress: string): void;
}

export interface Contest {
  /** One round of ours. */
  ours(): Promise<Measurement>;
  /** One round of the peer's. */
  peer(): Promise<Measurement>;
}

export interface Measurement {
  /** In the row's unit. */
  readonly value: number;
  /** What else is worth knowing: "p99 ms". */
  readonly also?: Readonly<Record<string, number>>;
}

export interface Goal {
  /** "≤ 1.1 ×" */
  readonly text: string;
  isMet(outcome: Outcome): boolean;
}

/** What came of all rounds. */
export interface Outcome {
  /** Medians. */
  readonly ours: number;
  readonly peer: number;
  /** The median of ours by the peer's, round by round: what slows the machine for a while slows both. */
  readonly ratio: number;
  readonly rounds: readonly { readonly ours: Measurement; readonly peer: Measurement }[];
}

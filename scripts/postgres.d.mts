/** A throw-away PostgreSQL. */
export interface Postgres {
  readonly url: string;
  /** Ends it without a word to anybody; what was committed is there when it is resumed. */
  crash(): Promise<void>;
  resume(): Promise<void>;
  /** Ends it and removes its data. */
  stop(): Promise<void>;
}

export function startPostgres(): Promise<Postgres>;

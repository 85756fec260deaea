/** What depends on a connection, by numbers. */
export interface ConnectionDependents {
  /** That are linked to it; without it, another tax strategy computes their tax. */
  readonly customers: number;
  /** Of items to products. */
  readonly mappings: number;
  /** That were synced over it, or are to be: as long as there is one, the connection stays. */
  readonly documents: number;
  /** Those of them that are not done. */
  readonly unfinishedDocuments: number;
  /** That are of this connection alone. */
  readonly runningResyncs: number;
}

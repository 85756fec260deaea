export interface AccessOptions {
  /** The bearer key that callers have to show. */
  readonly apiKey: string;
}

export const ACCESS_OPTIONS = Symbol('ACCESS_OPTIONS');

/** Which part of a list is wanted. Pages count from 1. */
export interface PageRequest {
  readonly page: number;
  readonly perPage: number;
}

export interface Page<Item> {
  readonly items: readonly Item[];
  readonly request: PageRequest;
  /** On all pages together. */
  readonly totalCount: number;
}

/** The same, as a query's bounds. */
export function toBounds({ page, perPage }: PageRequest): { limit: number; offset: number } {
  return { limit: perPage, offset: (page - 1) * perPage };
}

import { z } from 'zod';
import { Conflict } from '../wire/conflict.js';

export interface Page<T> {
  readonly items: readonly T[];
  /** Where the next page starts; also after the last one, as more may follow later. */
  readonly nextCursor: string;
  readonly hasMore: boolean;
}

export interface PageRequest<Filter> {
  readonly filter?: Filter;
  readonly limit: number;
  readonly cursor?: string;
}

interface PageSource<T, Filter> {
  /** Which list of which seller: a cursor of another one is invalid. */
  readonly list: string;
  readonly filter: z.ZodType<Filter>;
  /** Sorts and identifies an item. A changed item may move behind the cursor, never before it. */
  keyOf(item: T): string;
  select(filter: Filter | undefined): readonly T[];
}

const cursorContent = z.strictObject({ list: z.string(), after: z.string(), filter: z.unknown().optional() });

/** One page of what a filter selects, by key, from where the cursor points. */
export function pageOf<T, Filter>(
  source: PageSource<T, Filter>,
  { filter, limit, cursor }: PageRequest<Filter>,
): Page<T> | Conflict {
  const start = cursor === undefined ? { after: '', filter } : readCursor(source, cursor);
  if (!start) return new Conflict('invalidCursor');
  const rest = source
    .select(start.filter)
    .map((item) => ({ item, key: source.keyOf(item) }))
    .filter(({ key }) => key > start.after)
    .toSorted((a, b) => (a.key < b.key ? -1 : 1));
  const page = rest.slice(0, limit);
  const position = { list: source.list, after: page.at(-1)?.key ?? start.after, filter: start.filter };
  return {
    items: page.map(({ item }) => item),
    nextCursor: Buffer.from(JSON.stringify(position)).toString('base64url'),
    hasMore: rest.length > limit,
  };
}

function readCursor<T, Filter>(
  source: PageSource<T, Filter>,
  cursor: string,
): { readonly after: string; readonly filter: Filter | undefined } | undefined {
  const content = cursorContent.safeParse(decoded(cursor));
  if (!content.success || content.data.list !== source.list) return undefined;
  const filter = source.filter.optional().safeParse(content.data.filter);
  return filter.success ? { after: content.data.after, filter: filter.data } : undefined;
}

function decoded(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    return undefined;
  }
}

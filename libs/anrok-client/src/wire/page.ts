import { z } from 'zod';

/** One page of a list. */
export interface Page<Item> {
  readonly items: readonly Item[];
  /** Where the next page begins; undefined after the last one. */
  readonly next: string | undefined;
}

const position = { hasMore: z.boolean(), nextCursor: z.string().nullable().default(null) };

/** @param name the key that the items stand under in Anrok's answer */
export function pageOf<Item>(name: string, item: z.ZodType<Item>): z.ZodType<Page<Item>> {
  return z
    .object({ ...position, [name]: z.array(item) })
    .refine((page) => !page.hasMore || Boolean(page.nextCursor), {
      path: ['nextCursor'],
      message: 'Invalid input: expected a cursor, as there is more',
    })
    .transform((page) => ({
      items: (page as unknown as Record<string, Item[]>)[name]!,
      // Anrok may give a cursor after the last page too
      next: page.hasMore ? (page.nextCursor ?? undefined) : undefined,
    }));
}

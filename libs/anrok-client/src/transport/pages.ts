import type { z } from 'zod';
import type { AnrokOperation } from '../anrok-operation.js';
import type { ListOptions } from '../call-options.js';
import { AnrokUnreadableAnswerError } from '../errors/answer.errors.js';
import type { Page } from '../wire/page.js';
import type { Send } from './anrok-request.js';

interface List<Item> {
  readonly operation: AnrokOperation;
  /** Below `/v1/seller/`. */
  readonly path: string;
  readonly filter: object | undefined;
  readonly answer: z.ZodType<Page<Item>>;
  /** The most that Anrok allows. */
  readonly largestPage: number;
}

/**
 * All items of all pages. A page is asked for when the one before is used up, so a consumer that stops costs nothing
 * more; iterating again asks again.
 *
 * @throws AnrokUnreadableAnswerError when a cursor comes again: the list would never end
 */
export function pages<Item>(send: Send, list: List<Item>, options: ListOptions = {}): AsyncIterable<Item> {
  const { operation, path, answer, filter, largestPage } = list;
  const { pageSize: limit = largestPage, ...call } = options;

  return {
    async *[Symbol.asyncIterator]() {
      const seen = new Set<string>();
      let body: object = filter && Object.keys(filter).length > 0 ? { filter, limit } : { limit };
      for (;;) {
        const page: Page<Item> = await send({ operation, path, answer, body }, call);
        yield* page.items;
        if (page.next === undefined) return;
        if (seen.has(page.next)) throw new AnrokUnreadableAnswerError(operation, 'its cursor came before', 200);
        seen.add(page.next);
        // Anrok refuses a filter beside a cursor: the cursor knows it
        body = { cursor: page.next, limit };
      }
    },
  };
}

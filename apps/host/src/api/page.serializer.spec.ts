import { describe, expect, it } from '@jest/globals';
import { toPageMeta } from './page.serializer.js';

describe('the meta of a page', () => {
  it.each([
    [1, 0, [null, null, 0]],
    [1, 10, [null, null, 1]],
    [1, 11, [null, 2, 2]],
    [2, 30, [1, 3, 3]],
    [3, 30, [2, null, 3]],
    [9, 30, [3, null, 3]],
    [9, 0, [null, null, 0]],
  ])('on page %i of %i entries in tens, leads back, on, and counts pages: %j', (page, totalCount, expected) => {
    const meta = toPageMeta({ items: [], request: { page, perPage: 10 }, totalCount });
    expect([meta.prev_page, meta.next_page, meta.total_pages]).toEqual(expected);
    expect(meta).toMatchObject({ current_page: page, total_count: totalCount });
  });
});

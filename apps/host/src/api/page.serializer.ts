import type { Page } from '../billing/index.js';

/** Where in the list a page stands; `next_page` and `prev_page` are null at its ends. */
export function toPageMeta({ request: { page, perPage }, totalCount }: Page<unknown>) {
  const pages = Math.ceil(totalCount / perPage);
  return {
    current_page: page,
    next_page: page < pages ? page + 1 : null,
    prev_page: page > 1 && pages > 0 ? Math.min(page - 1, pages) : null,
    total_pages: pages,
    total_count: totalCount,
  };
}

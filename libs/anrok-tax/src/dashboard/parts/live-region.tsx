import type { Children } from '@kitajs/html';
import type { PagePlace } from '../shell/page-place.js';

export interface LiveRegionProps {
  /** Unique on the page. */
  readonly id: string;
  readonly place: PagePlace;
  /** Whether something is under way that is worth looking at every two seconds. */
  readonly isBusy?: boolean;
  readonly children: Children;
}

/**
 * A part of a page that keeps itself up to date: the page is fetched again and this part taken out of it. How often is
 * up to assets/dashboard.js: soon after a change, ever less while nothing changes, not at all in a hidden tab. Keep
 * fields that people fill in out of it.
 */
export function LiveRegion({ id, place, isBusy = false, children }: LiveRegionProps) {
  return (
    <div
      id={id}
      class="live"
      hx-get={place.with({})}
      hx-trigger="refresh"
      hx-select={`#${id}`}
      hx-swap="outerHTML"
      data-live={isBusy ? 'busy' : 'calm'}
    >
      {children}
    </div>
  );
}

import type { PagePlace } from '../shell/page-place.js';

export interface PageLinksProps {
  readonly place: PagePlace;
  /** Where this page begins; undefined on the first. */
  readonly after: string | undefined;
  /** Where the next one begins; undefined on the last. */
  readonly next: string | undefined;
  /** On the link to the next. */
  readonly more: string;
}

/** On through a list that is longer than a page; nothing where it is not. */
export function PageLinks({ place, after, next, more }: PageLinksProps) {
  if (after === undefined && next === undefined) return <></>;
  return (
    <nav class="row below" aria-label="Pages of the list">
      {after === undefined ? '' : <a href={place.with({ after: null })}>To the first page</a>}
      {next === undefined ? (
        ''
      ) : (
        <a href={place.with({ after: next })} safe>
          {more}
        </a>
      )}
    </nav>
  );
}

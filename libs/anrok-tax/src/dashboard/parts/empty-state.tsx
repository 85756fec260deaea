import type { Children } from '@kitajs/html';

/** In place of a list that has nothing: says so, and what would bring something. */
export function EmptyState({ title, children }: { title: string; children?: Children }) {
  return (
    <div class="empty">
      <p class="what" safe>
        {title}
      </p>
      <p>{children}</p>
    </div>
  );
}

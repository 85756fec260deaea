import type { PagePlace } from '../shell/page-place.js';

export interface TabsProps {
  readonly place: PagePlace;
  /** What the pages are of, read out: `Of this customer`. */
  readonly label: string;
  /** The first page's path: `customers/42`. */
  readonly root: string;
  /** Path below the root and name, the first page with an empty path. */
  readonly tabs: readonly (readonly [string, string])[];
}

/** The pages of one thing. A page below one of them belongs to it. */
export function Tabs({ place, label, root, tabs }: TabsProps) {
  const [current] = tabs
    .map(([path]) => `${root}${path}`)
    .filter((target) => place.path === target || place.path.startsWith(`${target}/`))
    .toSorted((a, b) => b.length - a.length);
  return (
    <nav class="tabs" aria-label={label}>
      {tabs.map(([path, name]) => {
        const target = `${root}${path}`;
        const isHere = place.path === target ? 'page' : 'true';
        return (
          <a href={place.to(target)} aria-current={target === current ? isHere : undefined} safe>
            {name}
          </a>
        );
      })}
    </nav>
  );
}

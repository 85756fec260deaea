import type { PagePlace } from '../shell/page-place.js';

const TABS: readonly (readonly [string, string])[] = [
  ['', 'Account'],
  ['/features', 'Features'],
  ['/mappings', 'Coverage'],
  ['/mappings/table', 'Mapping table'],
  ['/products', 'Products'],
];

/** The pages of a connection. */
export function ConnectionTabs({ place, code }: { place: PagePlace; code: string }) {
  return (
    <nav class="tabs" aria-label="Of this connection">
      {TABS.map(([path, label]) => {
        const target = `connections/${code}${path}`;
        return (
          <a href={place.to(target)} aria-current={place.path === target ? 'page' : undefined} safe>
            {label}
          </a>
        );
      })}
    </nav>
  );
}

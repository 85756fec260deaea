import type { PagePlace } from '../shell/page-place.js';

const TABS: readonly (readonly [string, string])[] = [
  ['', 'Customer'],
  ['/tax-ids', 'Tax ids'],
  ['/certificates', 'Exemption certificates'],
];

/** The pages of a customer. */
export function CustomerTabs({ place, id }: { place: PagePlace; id: string }) {
  return (
    <nav class="tabs" aria-label="Of this customer">
      {TABS.map(([path, label]) => {
        const target = `customers/${encodeURIComponent(id)}${path}`;
        return (
          <a href={place.to(target)} aria-current={place.path === target ? 'page' : undefined} safe>
            {label}
          </a>
        );
      })}
    </nav>
  );
}

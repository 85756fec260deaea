import { Tabs } from '../parts/tabs.js';
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
  return <Tabs place={place} label="Of this connection" root={`connections/${code}`} tabs={TABS} />;
}

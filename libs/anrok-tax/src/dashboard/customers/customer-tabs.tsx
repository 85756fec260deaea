import { Tabs } from '../parts/tabs.js';
import type { PagePlace } from '../shell/page-place.js';

const TABS: readonly (readonly [string, string])[] = [
  ['', 'Customer'],
  ['/tax-ids', 'Tax ids'],
  ['/certificates', 'Exemption certificates'],
];

/** The pages of a customer. */
export function CustomerTabs({ place, id }: { place: PagePlace; id: string }) {
  return <Tabs place={place} label="Of this customer" root={`customers/${encodeURIComponent(id)}`} tabs={TABS} />;
}

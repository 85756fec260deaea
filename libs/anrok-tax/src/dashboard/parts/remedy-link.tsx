import type { TaxSyncRecord } from '../../records/tax-sync-record.entity.js';
import { NAVIGATION } from '../shell/navigation.js';
import type { PagePlace } from '../shell/page-place.js';

/** Leads to the page on which a problem is mended; nothing where that is not done here. */
export function RemedyLink({ place, record }: { place: PagePlace; record: TaxSyncRecord }) {
  const target = targetOf(record);
  if (!target || !Object.hasOwn(NAVIGATION, target.path.split('/')[0]!)) return <></>;
  return (
    <a class="button primary" href={place.to(target.path)} safe>
      {target.label}
    </a>
  );
}

function targetOf({ problemCode, connection, customerId }: TaxSyncRecord) {
  switch (problemCode ?? '') {
    case 'item_not_mapped':
    case 'anrok_product_external_id_unknown':
      return { label: 'Map the item', path: `connections/${encodeURIComponent(connection.code)}/mappings` };
    case 'customer_not_linked':
    case 'anrok_customer_id_not_found':
      return { label: 'Link the customer', path: `customers/${encodeURIComponent(customerId)}` };
    case 'anrok_unauthorized':
    case 'api_key_unreadable':
    case 'connection_paused':
      return { label: 'Look at the connection', path: `connections/${encodeURIComponent(connection.code)}` };
    default:
      return undefined;
  }
}

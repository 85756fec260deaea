import { EVERY, type MappingKey } from '../mapping/item-mapping.js';
import type { SettingChange } from '../requests/make-due.js';

/** How many items one query names. */
const CHUNK = 1_000;

/** Changes of many mappings, in as few as say exactly the same. */
export function toSettingChanges(connectionId: string, changed: readonly MappingKey[]): SettingChange[] {
  const of = (itemType: string, itemIds: readonly string[]): SettingChange => ({
    kind: 'item_mapping',
    connectionId,
    itemType,
    itemIds,
  });
  if (changed.some(({ itemType }) => itemType === EVERY)) return [of(EVERY, [EVERY])];
  const changes: SettingChange[] = [];
  for (const [itemType, keys] of Map.groupBy(changed, (key) => key.itemType)) {
    const ids = keys.map(({ itemId }) => itemId);
    for (let from = 0; from < ids.length; from += CHUNK) changes.push(of(itemType, ids.slice(from, from + CHUNK)));
  }
  return changes;
}

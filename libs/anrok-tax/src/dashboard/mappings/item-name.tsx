import type { ItemReference } from '@anrok-nest/tax';

/** What people call an item, if anybody said so, with its kind and id. */
export function ItemName({ item: { type, id }, name }: { item: ItemReference; name: string | null }) {
  return (
    <>
      {name === null ? '' : <span safe>{name}</span>}
      {name === null ? '' : <br />}
      <code>
        <span class="soft" safe>{`${type} `}</span>
        <span safe>{id}</span>
      </code>
    </>
  );
}

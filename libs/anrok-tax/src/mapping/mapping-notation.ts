import { EVERY, type MappingKey } from './item-mapping.js';

/** How people and programs write the fallback, where a type of items stands otherwise. */
const FALLBACK = 'fallback';

/** What a mapping is about, as it is written outside: without an id, all items of the type; `fallback` for the rest. */
export interface WrittenKey {
  readonly itemType: string;
  readonly itemId?: string;
}

export function readKey({ itemType, itemId }: WrittenKey): MappingKey {
  if (itemType === FALLBACK && itemId === undefined) return { itemType: EVERY, itemId: EVERY };
  return { itemType, itemId: itemId ?? EVERY };
}

export function writeKey({ itemType, itemId }: MappingKey): WrittenKey {
  if (itemType === EVERY) return { itemType: FALLBACK };
  return { itemType, ...(itemId !== EVERY && { itemId }) };
}

/** What is wrong with a line of the mapping table, as sentences without their full stops; none when nothing is. */
export function flawsOf({ itemType, itemId, productExternalId }: MappingKey & { productExternalId: string }): string[] {
  const isFallback = itemType === EVERY && itemId === EVERY;
  const flaws: string[] = [];
  if (itemType === FALLBACK) flaws.push('the fallback has no item id');
  else if (!isFallback && !/^[A-Za-z0-9_.-]{1,64}$/.test(itemType))
    flaws.push(
      'the item type must be a word such as add_on, of 1 to 64 letters, digits, ".", "_" and "-", or fallback',
    );
  const texts = { 'item id': itemId, 'product id': productExternalId };
  for (const [name, text] of Object.entries(texts)) {
    if (text === '') flaws.push(`the ${name} is missing`);
    if (text.length > MOST_CHARACTERS) flaws.push(`the ${name} has more than ${MOST_CHARACTERS} characters`);
    if (!isReadable(text)) flaws.push(`the ${name} has characters that can not be read: save the text as UTF-8`);
  }
  return flaws;
}

const MOST_CHARACTERS = 255;

/** No database keeps the rest alike; U+FFFD stands where a file was read in another encoding than it was written in. */
function isReadable(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0') && !text.includes('\uFFFD');
}
